import type { Form, FormField } from "../../../api/forms";

/** A field of a test: text, unless said otherwise. */
export function field(name: string, other: Partial<FormField> = {}): FormField {
  return {
    name,
    label: name,
    help: "",
    type: "input",
    kind: "text",
    of: "",
    required: false,
    shown: true,
    searchable: false,
    lookup: false,
    depends: [],
    limited: false,
    max_items: 0,
    pattern: "",
    ...other,
  };
}

export function formOf(fields: FormField[], other: Partial<Form> = {}): Form {
  return { revision: 1, text: "", timezone: "UTC", formats: ["xlsx", "csv"], fields, values: {}, errors: [], ...other };
}
