import type { FieldError, Form } from "../../../api/forms";

export type FieldErrors = Record<string, FieldError[]>;

/**
 * The mistakes of a refused run, and those the service sees in what is filled in so far, each once. Of fields that are not on the page
 * nobody can do anything; mistakes that belong to no field are under "".
 */
export function byField(form: Form | undefined, refused: FieldError[], seen: FieldError[]): FieldErrors {
  const names = new Set(["", ...(form?.fields ?? []).filter((field) => field.shown).map((field) => field.name)]);
  const errors: FieldErrors = {};
  for (const error of [...refused, ...seen]) {
    const name = refused.includes(error) && !names.has(error.field) ? "" : error.field;
    if (!names.has(name)) continue;
    const those = (errors[name] ??= []);
    if (!those.some((one) => one.message === error.message)) those.push(error);
  }
  return errors;
}

/** Names of the wrong fields in the order of the form. */
export function wrongFields(form: Form | undefined, errors: FieldErrors): string[] {
  return (form?.fields ?? []).map((field) => field.name).filter((name) => (errors[name] ?? []).length > 0);
}
