import { useState } from "react";

import type { FormState } from "../../parts/form/useForm";

/** The report's prose for what is filled in. While something is filled in wrong the service leaves it out; then the last one stays. */
export function useProse({ form }: FormState): string {
  const [last, setLast] = useState("");
  if (form === undefined) return "";
  const text = form.text.trim();
  if (text === "" && form.errors.length > 0) return last;
  if (text !== last) setLast(text);
  return text;
}
