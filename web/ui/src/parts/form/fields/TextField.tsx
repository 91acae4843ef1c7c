import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { FormField } from "../../../api/forms";
import type { ControlProps } from "./control";

const textOf = (value: unknown) => (value === null || value === undefined ? "" : String(value));

export function TextField({ field, value, set, frame }: ControlProps) {
  return (
    <TextInput
      {...frame}
      aria-required={field.required}
      value={textOf(value)}
      autoComplete="off"
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

/** Whole numbers and exact decimals are typed as text: nothing here may round them. The service reads them. */
export function NumberField({ field, value, set, frame }: ControlProps) {
  const bounds = useBounds(field);
  return (
    <TextInput
      {...frame}
      aria-required={field.required}
      inputMode={field.kind === "integer" && !mayBeNegative(field) ? "numeric" : "decimal"}
      className="numbers"
      autoComplete="off"
      placeholder={bounds}
      value={textOf(value)}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

/** Some phones have no minus on their keyboard for digits. */
const mayBeNegative = (field: FormField) => !(Number(field.min) >= 0);

function useBounds({ min, max }: FormField): string | undefined {
  const { t } = useTranslation("form");
  if (min != null && max != null) return t("between", { min: String(min), max: String(max) });
  if (min != null) return t("atLeast", { min: String(min) });
  return max != null ? t("atMost", { max: String(max) }) : undefined;
}
