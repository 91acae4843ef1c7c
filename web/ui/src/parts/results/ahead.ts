import type { CellProgress, FileProgress, RunProgress } from "../../api/runs";

/** How far something is, from 0 to 100, or undefined where nobody knows. What is expected may grow, so it never says 100 before the end. */
export function share(done: boolean, got: number, expected: number): number | undefined {
  if (done) return 100;
  if (expected <= 0) return undefined;
  return Math.min(99, Math.floor((100 * got) / expected));
}

/** The step a run is at, in the order it goes through them. */
export type Step =
  | { is: "queued"; ahead: number }
  | { is: "cell"; cell: CellProgress; number: number }
  | { is: "file"; file: FileProgress }
  | { is: "starting" }
  | { is: "ending" };

export function stepOf(progress: RunProgress): Step {
  if (progress.status === "queued") return { is: "queued", ahead: progress.ahead };
  const at = progress.cells.findIndex((cell) => !cell.done);
  if (at >= 0) return { is: "cell", cell: progress.cells[at]!, number: at + 1 };
  const file = progress.files.find((one) => !one.done);
  if (file !== undefined) return { is: "file", file };
  return progress.cells.length === 0 ? { is: "starting" } : { is: "ending" };
}
