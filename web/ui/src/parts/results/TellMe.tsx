import { Button, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Run } from "../../api/runs";
import { telling } from "./useTold";

const patience = 4000;

/** Offers to tell when a run is done that takes its time. Only then does the browser ask whether it may. */
export function TellMe({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const [long, setLong] = useState(() => Date.now() - Date.parse(run.queued) > patience);
  const [state, setState] = useState(() => (telling.wants(run.id) ? "granted" : "asked"));
  useEffect(() => {
    const timer = window.setTimeout(() => setLong(true), patience);
    return () => window.clearTimeout(timer);
  }, []);
  if (!long || typeof Notification === "undefined" || !window.isSecureContext) return null;
  const ask = async () => {
    const permission = await Notification.requestPermission();
    if (permission === "granted") telling.ask(run.id);
    setState(permission === "granted" ? "granted" : "denied");
  };
  if (state !== "asked") {
    return (
      <Text size="sm" c="dimmed" role="status">
        {state === "granted" ? t("tell.will") : t("tell.may")}
      </Text>
    );
  }
  return (
    <Button variant="subtle" size="sm" leftSection={<IconBell size={16} aria-hidden />} onClick={() => void ask()}>
      {t("tell.ask")}
    </Button>
  );
}
