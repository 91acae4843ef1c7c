import { useTranslation } from "react-i18next";

import type { Run } from "../../api/runs";
import { useFormat } from "../../i18n/format";
import { seconds } from "../../parts/results/results";

/** What a list tells of a run in numbers, and why it is as it is. Empty for what is not known. */
export function useFigures(run: Run): { duration: string; rows: string; state: string } {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const rows = run.artifacts.length === 0 ? undefined : Math.max(...run.artifacts.map((artifact) => artifact.rows));
  const whole = run.status === "running" ? Math.floor(seconds(run)) : seconds(run);
  const stateOf = () => {
    if (run.status === "cancelled") return run.cancelled_by === "" ? "" : t("cancelledBy", { person: run.cancelled_by_name });
    if (run.error !== "") return run.error;
    if (run.files_removed !== null) return t("filesGone");
    return run.kept_from === "" ? "" : t("kept");
  };
  return {
    duration: run.started === null || run.kept_from !== "" ? "" : format.duration(whole),
    rows: rows === undefined ? "" : format.number(rows),
    state: stateOf(),
  };
}
