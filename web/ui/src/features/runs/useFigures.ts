import type { Run } from "../../api/runs";
import { useFormat } from "../../i18n/format";
import { seconds } from "../../parts/results/results";

/** What a list tells of a run in numbers. Empty for what is not known. */
export function useFigures(run: Run): { duration: string; rows: string } {
  const format = useFormat();
  const rows = run.artifacts.length === 0 ? undefined : Math.max(...run.artifacts.map((artifact) => artifact.rows));
  const whole = run.status === "running" ? Math.floor(seconds(run)) : seconds(run);
  return {
    duration: run.started === null || run.kept_from !== "" ? "" : format.duration(whole),
    rows: rows === undefined ? "" : format.number(rows),
  };
}
