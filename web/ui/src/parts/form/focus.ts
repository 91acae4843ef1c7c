import type { FormState } from "./useForm";

export const controlId = (state: Pick<FormState, "id">, name: string) => `${state.id}-${name}`;

/** Goes to the control of a field: the first thing in it that takes the focus. */
export function focusField(state: Pick<FormState, "id">, name: string): void {
  const element = document.getElementById(controlId(state, name));
  const target = element?.matches("input, textarea, button, select") ? element : element?.querySelector<HTMLElement>("input, textarea, button");
  (target ?? element)?.focus();
  element?.scrollIntoView({ block: "center" });
}
