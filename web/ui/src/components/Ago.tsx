import { Text, Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";

import { useFormat } from "../i18n/format";

/** How long ago a moment was, with the exact one on hover and focus. It grows by itself. */
export function Ago({ at }: { at: string }) {
  const format = useFormat();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), 30_000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <Tooltip label={format.moment(at)}>
      <Text component="time" inherit dateTime={at} className="numbers">
        {format.distance(at, now)}
      </Text>
    </Tooltip>
  );
}
