import type { TFunction } from "i18next";

import type { AuditEvent } from "../../api/audit";
import type { Format } from "../../i18n/format";
import texts from "./i18n/en.json";

/** Something an event tells, in words: a text, or what belongs together. */
export interface Line {
  label: string;
  value: string | Line[];
}

export interface Words {
  t: TFunction<"audit">;
  format: Format;
}

type Named = Record<string, unknown>;
type Key = keyof typeof texts.detail;

const isNamed = (value: unknown): value is Named => typeof value === "object" && value !== null && !Array.isArray(value);
const shownItems = 20;

/** What an event tells besides who did what, in the order the log has it. */
export function linesOf(event: AuditEvent, words: Words): Line[] {
  return Object.entries(event.details)
    .filter(([key, value]) => !isNothing(value) || key === "from" || key === "to")
    .map(([key, value]) => ({ label: labelOf(key, event.action, words), value: valueOf(key, value, event.action, words) }));
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) ? value.length === 0 : isNamed(value) && Object.keys(value).length === 0);

const toWhom = /^(grant|source)\./; // with them `to` is who may
const between = /^(report|folder)\.moved$|^folder\.renamed$/; // with them `from` and `to` are folders

function labelOf(key: string, action: string, { t }: Words): string {
  if (key === "to" && toWhom.test(action)) return t("detail.whom");
  return key in texts.detail ? t(`detail.${key as Key}`) : key;
}

function valueOf(key: string, value: unknown, action: string, words: Words): string | Line[] {
  const { t, format } = words;
  if (key === "expires" && typeof value === "string") return format.moment(value);
  if (key === "limits" && isNamed(value)) return action.startsWith("source.") ? sourceLimits(value, words) : fields(value, words);
  if (key === "values") return isNamed(value) ? fields(value, words) : t("longValues");
  if (key === "to" && toWhom.test(action)) return whom(String(value), words);
  if ((key === "from" || key === "to") && between.test(action) && value === "") return t("noFolder");
  if (isNamed(value) && "from" in value && "to" in value) return `${plain(key, value.from, words)} → ${plain(key, value.to, words)}`;
  return isNamed(value) ? fields(value, words) : plain(key, value, words);
}

/** A value by itself; of some keys only a few are known, and those have words. */
function plain(key: string, value: unknown, words: Words): string {
  const { t, format } = words;
  if (Array.isArray(value)) {
    const shown = value.slice(0, shownItems).map((item) => plain(key, item, words)).join(", ");
    return value.length > shownItems ? t("andMore", { shown, count: value.length - shownItems }) : shown || "–";
  }
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "number") return key === "values" || Number.isInteger(value) ? format.number(value) : String(value);
  if (isNamed(value)) return "from" in value && "to" in value ? `${String(value.from)} – ${String(value.to)}` : JSON.stringify(value);
  const text = value === null || value === undefined || value === "" ? "–" : String(value as string);
  const known = wordsOf(key, text);
  return known === undefined ? text : t(known);
}

/** The key of the words of a value that is one of a few. */
function wordsOf(key: string, text: string) {
  if (key === "role" && text in texts.role) return `role.${text as keyof typeof texts.role}` as const;
  if (key === "level" && text in texts.level) return `level.${text as keyof typeof texts.level}` as const;
  if (key === "scopes" && text in texts.scope) return `scope.${text as keyof typeof texts.scope}` as const;
  if (key === "by" && text in texts.by) return `by.${text as keyof typeof texts.by}` as const;
  return undefined;
}

/** Values of fields; a number is one that somebody filled in, and stays as it was written. */
function fields(values: Named, words: Words): Line[] {
  return Object.entries(values).map(([label, value]) => ({ label, value: typeof value === "number" ? String(value) : plain("values", value, words) }));
}

const units: Record<string, (value: number, words: Words) => string> = {
  time: (value, { format }) => format.duration(value / 1e9), // nanoseconds
  bytes: (value, { format }) => format.bytes(value),
  memory: (value, { format }) => format.bytes(value),
};

function sourceLimits(limits: Named, words: Words): Line[] {
  const { t } = words;
  return Object.entries(limits).map(([key, value]) => ({
    label: key in texts.limit ? t(`limit.${key as keyof typeof texts.limit}`) : key,
    value: key === "overflow" ? t(value === "cut" ? "overflow.cut" : "overflow.fail") : typeof value === "number" && units[key] ? units[key](value, words) : plain(key, value, words),
  }));
}

/** The service writes "everyone", "group Sales" or an email. */
function whom(text: string, { t }: Words): string {
  if (text === "everyone") return t("everyone");
  return text.startsWith("group ") ? t("theGroup", { name: text.slice("group ".length) }) : text;
}
