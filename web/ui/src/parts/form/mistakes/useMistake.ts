import { useTranslation } from "react-i18next";

import type { FieldError } from "../../../api/forms";
import { useFormat } from "../../../i18n/format";

type Arguments = Record<string, string | number>;

/** Arguments of a mistake as they stand in a sentence: lists with commas, numbers as the language writes them. */
export function told(given: Record<string, unknown> | undefined, label: string, format: { number: (value: number) => string }, more: (count: number) => string): Arguments {
  const all: Arguments = { label };
  for (const [name, value] of Object.entries(given ?? {})) {
    if (!Array.isArray(value)) {
      all[name] = typeof value === "number" && name !== "year" ? format.number(value) : String(value);
      continue;
    }
    const left = Number(given?.[`${name}_more`] ?? 0);
    all[name] = [...value.map(String), ...(left > 0 ? [more(left)] : [])].join(", ");
  }
  return all;
}

/** The sentence of a mistake: the service's own in English, ours in other languages where the code is known. */
export function useMistake(): (error: FieldError, label: string) => string {
  const { t, i18n } = useTranslation("form");
  const format = useFormat();
  return (error, label) => {
    const code = error.code ?? "";
    if (i18n.resolvedLanguage === "en" || code === "") return error.message;
    const key = `codes.${code}` as "codes.required";
    if (!i18n.exists(key, { ns: "form" })) return error.message;
    const given: Record<string, unknown> = { ...error.arguments };
    if (code === "default") {
      const reason = `codes.${String(given.reason)}` as "codes.required";
      if (!i18n.exists(reason, { ns: "form" })) return error.message;
      given.reason = String(t(reason, told(error.arguments, label, format, (count) => t("andMore", { count }))));
    }
    return String(t(key, told(given, label, format, (count) => t("andMore", { count }))));
  };
}
