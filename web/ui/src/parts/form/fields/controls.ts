import type { ComponentType } from "react";

import type { FormField } from "../../../api/forms";
import { CheckboxField } from "../choices/CheckboxField";
import { SelectField } from "../choices/SelectField";
import { ListField } from "../lists/ListField";
import { BooleanField } from "./BooleanField";
import type { ControlProps } from "./control";
import { DateField } from "./DateField";
import { DateRangeField } from "./DateRangeField";
import { DateTimeField } from "./DateTimeField";
import { NumberField, TextField } from "./TextField";

const inputs: Record<FormField["kind"], ComponentType<ControlProps>> = {
  text: TextField,
  integer: NumberField,
  decimal: NumberField,
  boolean: BooleanField,
  date: DateField,
  datetime: DateTimeField,
  daterange: DateRangeField,
  list: ListField,
};

/** The control that fits the field's type and kind. */
export function controlOf(field: FormField): ComponentType<ControlProps> {
  if (field.type === "select") return SelectField;
  return field.type === "checkbox" ? CheckboxField : inputs[field.kind];
}

/** Controls that take a row for themselves. */
export function isWide(field: FormField): boolean {
  return field.type === "checkbox" || (field.type === "input" && field.kind === "list");
}
