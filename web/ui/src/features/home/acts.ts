import type { Report } from "../../api/reports";

/** What those who write may do with reports and folders; each asks something in a dialog. */
export type Act =
  | { kind: "moveReport"; report: Report }
  | { kind: "deleteReport"; report: Report }
  | { kind: "newFolder"; parent: string }
  | { kind: "moveFolder"; path: string }
  | { kind: "deleteFolder"; path: string }
  | { kind: "shareFolder"; path: string }
  | { kind: "workbooks"; path: string };
