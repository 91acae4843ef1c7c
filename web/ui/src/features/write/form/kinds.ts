import {
  IconAlignLeft, IconCalendar, IconCalendarClock, IconCalendarWeek, IconCheckbox, IconClipboardList, IconDecimal, IconHash, IconSelect, IconToggleLeft,
} from "@tabler/icons-react";

import type { Declared } from "./fields";
import type { Operation } from "./yaml/expected";
import { fieldPath } from "./fields";
import type { WrittenMap } from "./yaml/written";

/** What a field is to the person who makes it: a kind of input, or one of the two ways to choose. */
export const choices = ["text", "integer", "decimal", "date", "datetime", "daterange", "list", "boolean", "select", "checkbox"] as const;
export type Choice = (typeof choices)[number];

export const icons: Record<Choice, typeof IconHash> = {
  text: IconAlignLeft, integer: IconHash, decimal: IconDecimal, date: IconCalendar, datetime: IconCalendarClock, daterange: IconCalendarWeek,
  list: IconClipboardList, boolean: IconToggleLeft, select: IconSelect, checkbox: IconCheckbox,
};

export function choiceOf({ type, kind }: Pick<Declared, "type" | "kind">): Choice | undefined {
  const name = type === "select" || type === "checkbox" ? type : kind === "" ? "text" : kind;
  return type !== "" && (choices as readonly string[]).includes(name) ? (name as Choice) : undefined;
}

export const isPicked = (choice: Choice | undefined) => choice === "select" || choice === "checkbox";

export type Bound = "text" | "number" | "date";

/** What min and max mean for a field, if anything. */
export function boundOf(field: Declared): Bound | undefined {
  switch (choiceOf(field)) {
    case "text":
      return "text";
    case "list":
      return field.of === "integer" ? "number" : "text";
    case "integer":
    case "decimal":
      return "number";
    case "date":
    case "datetime":
    case "daterange":
      return "date";
    default:
      return undefined;
  }
}

/** The keys of a field that some kinds have and others have not. */
const special = {
  of: (choice: Choice) => choice === "list",
  min: (choice: Choice) => !isPicked(choice) && choice !== "boolean",
  max: (choice: Choice) => !isPicked(choice) && choice !== "boolean",
  pattern: (choice: Choice) => choice === "text" || choice === "list",
  max_items: (choice: Choice) => choice === "list" || choice === "checkbox",
  options: (choice: Choice) => isPicked(choice) || choice === "list",
} as const;

export const hasKey = (choice: Choice, key: keyof typeof special) => special[key](choice);

const texts = new Set<Choice>(["text", "list"]);
const alike = (a: Choice, b: Choice) => a === b || (texts.has(a) && texts.has(b)) || (isPicked(a) && isPicked(b));

/** Makes a field another kind. What the new kind has no use for goes; a default and bounds stay only between kinds that are alike. */
export function becomes(index: number, field: Declared, to: Choice, firstOption: WrittenMap): Operation[] {
  const from = choiceOf(field);
  const path = (key: string) => fieldPath(index, key);
  const operations: Operation[] = [{ do: "set", path: path("type"), value: isPicked(to) ? to : "input" }];
  const stays = isPicked(to) && from !== undefined && isPicked(from);
  if (isPicked(to) || to === "text") {
    if (!stays) operations.push({ do: "remove", path: path("kind") });
  } else operations.push({ do: "set", path: path("kind"), value: to });
  for (const key of ["of", "pattern", "max_items", "options"] as const) if (!hasKey(to, key)) operations.push({ do: "remove", path: path(key) });
  if (from === undefined || !alike(from, to) || from === "checkbox") operations.push({ do: "remove", path: path("default") });
  if (from === undefined || !alike(from, to)) for (const key of ["min", "max"]) operations.push({ do: "remove", path: path(key) });
  if (isPicked(to) && field.options === undefined) operations.push({ do: "set", path: path("options"), value: [firstOption] });
  return operations;
}

export function newField(choice: Choice, name: string, label: string, firstOption: WrittenMap): WrittenMap {
  return {
    name, label, type: isPicked(choice) ? choice : "input", kind: isPicked(choice) || choice === "text" ? undefined : choice,
    options: isPicked(choice) ? [firstOption] : undefined,
  };
}

const reserved = new Set(["label", "user", "run", "report"]);
const form = /^[a-z][a-z0-9_]*$/;

export type NameMistake = "nameWrong" | "nameTaken" | "nameReserved";

/** Why a field may not be called so. */
export function nameMistake(name: string, others: string[]): NameMistake | undefined {
  if (!form.test(name) || ["true", "false", "null"].includes(name)) return "nameWrong";
  if (reserved.has(name)) return "nameReserved";
  return others.includes(name) ? "nameTaken" : undefined;
}

export function freeName(base: string, taken: string[]): string {
  if (nameMistake(base, taken) === undefined) return base;
  for (let number = 2; ; number++) {
    if (!taken.includes(`${base}${number}`)) return `${base}${number}`;
  }
}
