import { useTranslation } from "react-i18next";

import type { FieldError } from "../../../api/forms";
import { type Format, useFormat } from "../../../i18n/format";
import { readDay } from "../dates/day";
import { writeDay } from "../dates/written";

interface Language {
  name: string;
  format: Pick<Format, "number">;
  /** As in "3 more", after the first few of a list. */
  more: (count: number) => string;
}

function inSentence(name: string, value: unknown, language: Language): string {
  if (typeof value === "number") return name === "year" ? String(value) : language.format.number(value);
  const text = String(value);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? readDay(text) : undefined;
  return day === undefined ? text : writeDay(day, language.name);
}

/** Arguments of a mistake as they stand in a sentence: lists with commas, numbers and days as the language writes them. */
export function told(given: Record<string, unknown>, label: string, language: Language): Record<string, string> {
  const all: Record<string, string> = { label };
  for (const [name, value] of Object.entries(given)) {
    if (!Array.isArray(value)) {
      all[name] = inSentence(name, value, language);
      continue;
    }
    const left = Number(given[`${name}_more`] ?? 0);
    all[name] = [...value.map((one) => inSentence(name, one, language)), ...(left > 0 ? [language.more(left)] : [])].join(", ");
  }
  return all;
}

/** The sentence of a mistake: the service's own in English, ours in other languages where the code is known. */
export function useMistake(): (error: FieldError, label: string) => string {
  const { t, i18n } = useTranslation("form");
  const format = useFormat();
  const name = i18n.resolvedLanguage ?? "en";
  const language: Language = { name, format, more: (count) => t("andMore", { count }) };
  const text = t as unknown as (key: string, given: Record<string, string>) => string; // its types do not know keys made here
  /** The text of a code, undefined where there is none in the language. */
  const sentence = (code: unknown, given: Record<string, unknown>, label: string): string | undefined => {
    const key = `codes.${String(code)}`;
    return i18n.exists(key, { ns: "form", lng: name, fallbackLng: [] }) ? text(key, told(given, label, language)) : undefined;
  };
  return (error, label) => {
    const given = error.arguments ?? {};
    if (name === "en" || error.code === undefined || error.code === "") return error.message;
    if (error.code !== "default") return sentence(error.code, given, label) ?? error.message;
    const reason = sentence(given.reason, given, label);
    return (reason && sentence("default", { ...given, reason }, label)) ?? error.message;
  };
}
