import {
  fillForm,
  type Form,
  type FormField,
  type ItemsGiven,
  type ItemsRecognised,
  listFieldOptions,
  type OptionList,
  type OptionsWanted,
  recogniseItems,
  tryFieldOptions,
  tryForm,
  tryItems,
  type Values,
} from "../../api/forms";

/** Where a form comes from: a kept report or a document that is being written. */
export interface FormBackend {
  /** Tells backends apart in the cache: what two with the same key answer is the same. */
  key: readonly unknown[];
  fill: (values: Values, signal: AbortSignal) => Promise<Form>;
  options: (field: FormField, wanted: OptionsWanted, signal: AbortSignal) => Promise<OptionList>;
  recognise: (field: FormField, given: ItemsGiven, signal: AbortSignal) => Promise<ItemsRecognised>;
}

export function reportForm(slug: string, revision?: number): FormBackend {
  return {
    key: ["form", slug, revision ?? "current"],
    fill: (values, signal) => fillForm(slug, { values, revision }, signal),
    options: (field, wanted, signal) => listFieldOptions(slug, field.name, { ...wanted, revision }, signal),
    recognise: (field, given, signal) => recogniseItems(slug, field.name, { ...given, revision }, signal),
  };
}

/** The form of a document that is not saved; with a group, as a member of it would see it. */
export function trialForm(document: string, { report, group }: { report?: string; group?: string } = {}): FormBackend {
  const tried = { document, report, group };
  return {
    key: ["form", "trial", document, report ?? "", group ?? ""],
    fill: (values, signal) => tryForm({ ...tried, values }, signal),
    options: (field, wanted, signal) => tryFieldOptions(field.name, { ...tried, ...wanted }, signal),
    recognise: (field, given, signal) => tryItems(field.name, { ...tried, ...given }, signal),
  };
}
