import i18next from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

export interface Format {
  /** A whole or decimal number with separators of the language. */
  number: (value: number | bigint, options?: Intl.NumberFormatOptions) => string;
  /** Bytes in the nearest unit, as in 1.2 MB. */
  bytes: (value: number) => string;
  /** Day and time of a moment, in the zone given or the browser's. */
  moment: (value: string | Date, zone?: string) => string;
  day: (value: string | Date, zone?: string) => string;
  time: (value: string | Date, zone?: string) => string;
  /** How far a moment is from now, as in "5 minutes ago". */
  distance: (value: string | Date, now?: Date) => string;
  /** How long something took, as in 0.42 s or 3 min 5 s. */
  duration: (seconds: number) => string;
  list: (items: string[]) => string;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Numbers and moments as one writes them in the language. */
export function formatIn(language: string): Format {
  const number = (value: number | bigint, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options).format(value);
  const moment = (style: Intl.DateTimeFormatOptions) => (value: string | Date, zone?: string) =>
    new Intl.DateTimeFormat(language, { ...style, timeZone: zone }).format(new Date(value));
  const unit = (value: number, unitName: string, digits: number) =>
    // The short form of bytes has no plural.
    number(value, { style: "unit", unit: unitName, unitDisplay: unitName === "byte" ? "long" : "short", maximumFractionDigits: digits });
  return {
    number,
    bytes: (value) => {
      const power = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), byteUnits.length - 1);
      return unit(value / 1000 ** power, byteUnits[power] ?? "byte", power === 0 ? 0 : 1);
    },
    moment: moment({ dateStyle: "medium", timeStyle: "short" }),
    day: moment({ dateStyle: "medium" }),
    time: moment({ timeStyle: "short" }),
    distance: (value, now = new Date()) => {
      const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
      const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
      for (const [name, length] of steps) {
        if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), name);
      }
      return i18next.t("justNow", { lng: language }); // the "now" of Intl reads as the present
    },
    duration: (seconds) => {
      if (seconds < 60) return unit(seconds, "second", seconds < 10 ? 2 : 0);
      const whole = Math.round(seconds);
      if (whole < 3600) return `${unit(Math.floor(whole / 60), "minute", 0)} ${unit(whole % 60, "second", 0)}`;
      return `${unit(Math.floor(whole / 3600), "hour", 0)} ${unit(Math.floor((whole % 3600) / 60), "minute", 0)}`;
    },
    list: (items) => new Intl.ListFormat(language, { type: "conjunction" }).format(items),
  };
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? "en";
  return useMemo(() => formatIn(language), [language]);
}
