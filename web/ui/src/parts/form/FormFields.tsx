import { Stack } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { Field } from "./fields/Field";
import { focusField } from "./focus";
import classes from "./form.module.css";
import { wrongFields } from "./mistakes/byField";
import { FormNotices } from "./mistakes/FormNotices";
import type { FormState } from "./useForm";

/** The fields of a form with all that is to say about them. */
export function FormFields({ state, disabled = false }: { state: FormState; disabled?: boolean }) {
  const [focused, setFocused] = useState<string>();
  useFirstWrong(state);
  if (state.form === undefined) {
    return state.failure === null ? <Waiting /> : <Failure error={state.failure} retry={state.retry} />;
  }
  const shown = state.form.fields.filter((field) => field.shown);
  return (
    <Stack gap="md">
      <FormNotices state={state} />
      <div className={classes.fields}>
        {shown.map((field) => (
          <Field
            key={field.name}
            field={field}
            state={state}
            disabled={disabled}
            typing={focused === field.name}
            onFocus={() => setFocused(field.name)}
            onBlur={() => setFocused(undefined)}
          />
        ))}
      </div>
    </Stack>
  );
}

/** After a refused run the first wrong field has the focus. */
function useFirstWrong(state: FormState) {
  const seen = useRef(state.refusals);
  useEffect(() => {
    if (seen.current === state.refusals) return;
    seen.current = state.refusals;
    const first = wrongFields(state.form, state.errors)[0];
    if (first !== undefined) focusField(state, first);
  }, [state]);
}
