import { Button, Group } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** A button that is pressed by itself when it comes into view. */
export function MoreWhenSeen({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const { t } = useTranslation("runs");
  const { ref, entry } = useIntersection({ rootMargin: "200px" });
  const seen = entry?.isIntersecting === true;
  useEffect(() => {
    if (seen && !busy) onMore();
    // Once for each time it comes into view, or is still there when a page has come.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [seen, busy]);
  return (
    <Group justify="center" ref={ref}>
      <Button variant="default" loading={busy} onClick={onMore}>
        {t("more")}
      </Button>
    </Group>
  );
}
