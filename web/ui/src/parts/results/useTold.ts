import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { hasEnded, type Run } from "../../api/runs";
import { paths } from "../../paths";

const wanted = new Set<string>();

/** Runs whose end the person asked to be told, until the page is left. */
export const telling = {
  wants: (run: string) => wanted.has(run),
  ask: (run: string) => wanted.add(run),
};

const signs = { succeeded: "✓", failed: "✗", cancelled: "✗" } as const;

/** When a run ends while nobody looks, the tab says so, and the browser too where it was asked to. */
export function useTold(run: Run): void {
  const { t } = useTranslation(["results", "general"]);
  const before = useRef(run.status);
  const { id, status, title, report } = run;
  useEffect(() => {
    const going = !hasEnded(before.current);
    before.current = status;
    if (!going || !hasEnded(status) || document.visibilityState !== "hidden") return undefined;
    const untold = document.title;
    document.title = `${signs[status as keyof typeof signs]} ${untold}`;
    if (telling.wants(id) && typeof Notification !== "undefined" && Notification.permission === "granted") {
      const notice = tell(title, t(`general:status.${status}`), id);
      notice?.addEventListener("click", () => {
        window.focus();
        notice.close();
      });
    }
    const seen = () => {
      if (document.visibilityState === "visible") document.title = untold;
    };
    document.addEventListener("visibilitychange", seen, { once: true });
    return () => document.removeEventListener("visibilitychange", seen);
  }, [id, status, title, report, t]);
}

/** Some phones have the name but let only workers use it. */
function tell(title: string, body: string, id: string): Notification | undefined {
  try {
    return new Notification(title, { body, tag: id, data: paths.run(id) });
  } catch {
    return undefined;
  }
}
