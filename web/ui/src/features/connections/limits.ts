import type { TFunction } from "i18next";

import type { SourceLimits } from "../../api/sources";
import { formatIn } from "../../i18n/format";

/** The limits of a source that hold, each in a few words. */
export function limitWords(limits: SourceLimits, t: TFunction<"connections">, language: string): string[] {
  const format = formatIn(language);
  const words: string[] = [];
  if (limits.time) words.push(t("limitTime", { time: format.duration(limits.time) }));
  if (limits.rows) words.push(t("limitRows", { count: limits.rows, rows: format.number(limits.rows) }));
  if (limits.bytes) words.push(t("limitBytes", { size: format.bytes(limits.bytes) }));
  if (limits.memory) words.push(t("limitMemory", { size: format.bytes(limits.memory) }));
  if (limits.runs) words.push(t("limitRuns", { count: limits.runs }));
  return words;
}
