import type { Form, FormField, Values } from "../../api/forms";
import { todayIn } from "./dates/day";
import { periodOf } from "./dates/presets";
import { dayMeant } from "./dates/relative";
import { shownMoment } from "./dates/written";
import { itemsOf } from "./lists/items";

export type { Values } from "../../api/forms";

/** Nothing is filled in: "", null, an empty list or a period without ends. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object") return false;
  return Object.values(value).every(isEmpty);
}

/** What the fields hold: what was filled in, over the defaults. */
export function heldValues(form: Form | undefined, given: Values): Values {
  const held: Values = {};
  for (const field of form?.fields ?? []) held[field.name] = field.name in given ? given[field.name] : (field.default ?? null);
  return held;
}

/** What a form that may have changed takes of what was filled in: the fields that it has. */
export function known(form: Form, given: Values): Values {
  const names = new Set(form.fields.map((field) => field.name));
  if (Object.keys(given).every((name) => names.has(name))) return given;
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
}

/** The options chosen in a select or a checkbox. */
export function chosenOf(value: unknown): string[] {
  if (isEmpty(value)) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** The choice without some of its options, as the field keeps it. */
export function without(field: FormField, value: unknown, gone: string[]): string | string[] | null {
  const left = chosenOf(value).filter((option) => !gone.includes(option));
  return field.type === "checkbox" ? left : (left[0] ?? null);
}

/** Whether others must be asked for anew when the field changes. A service that does not tell is asked each time. */
export function othersDependOn(form: Form, name: string): boolean {
  return form.fields.some((field) => (field.depends as string[] | null)?.includes(name));
}

/** The values that the options of a field depend on, to know when to ask for them again. */
export function dependedValues(field: FormField, values: Values): Values {
  const names = field.depends as string[] | null;
  return names == null ? {} : Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}

const spaces = /[\s\u00a0\u202f']/g;

function plainNumber(text: string): string {
  const bare = text.replace(spaces, "").replace(",", ".");
  return bare.includes(".") ? bare.replace(/0+$/, "").replace(/\.$/, "") : bare;
}

/** A value in the one way that all which mean the same have in common, so far as a page can tell. */
function meant(field: FormField, value: unknown, zone: string, now: Date): string | string[] {
  if (isEmpty(value)) return "";
  const today = todayIn(zone, now);
  if (field.type !== "input") return chosenOf(value).sort();
  switch (field.kind) {
    case "list":
      return [...new Set(Array.isArray(value) ? value.map(String) : itemsOf(String(value), field.of === "integer"))];
    case "integer":
    case "decimal":
      return plainNumber(String(value));
    case "date":
      return dayMeant(String(value), today) ?? String(value);
    case "datetime":
      return shownMoment(String(value), zone, now, "en");
    case "daterange": {
      const { from, to } = periodOf(value);
      return [dayMeant(from, today) ?? from, dayMeant(to, today) ?? to];
    }
    default:
      return String(value);
  }
}

function sameTexts(a: string | string[], b: string | string[]): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** What a run recorded, and when. */
export interface Recorded {
  values: Values;
  zone: string;
  at: Date;
}

/**
 * Whether a form would ask for the same as a run did. Hidden fields do not count, nor do moments by default, such as two hours ago, which
 * are never the same again.
 */
export function sameAsRecorded(form: Form, values: Values, given: Values, { values: recorded, zone, at }: Recorded): boolean {
  return form.fields
    .filter((field) => field.shown && !(field.kind === "datetime" && !(field.name in given)))
    .every((field) => {
      const [now, then] = [values[field.name], recorded[field.name]];
      if (now === then || (isEmpty(now) && isEmpty(then))) return true;
      return sameTexts(meant(field, now, zone, at), meant(field, then, zone, at));
    });
}
