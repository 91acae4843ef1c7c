import { Box, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { createElement } from "react";
import { useTranslation } from "react-i18next";

import type { FormField } from "../../../api/forms";
import { useFormat } from "../../../i18n/format";
import { controlId } from "../focus";
import classes from "../form.module.css";
import { useMistake } from "../mistakes/useMistake";
import type { FormState } from "../useForm";
import type { ControlProps } from "./control";
import { controlOf, isWide } from "./controls";

interface FieldProps {
  field: FormField;
  state: FormState;
  disabled: boolean;
  /** It has the focus: what is half typed is not yet wrong. */
  typing: boolean;
  onFocus: () => void;
  onBlur: () => void;
}

export function Field({ field, state, disabled, typing, onFocus, onBlur }: FieldProps) {
  const mistake = useMistake();
  const errors = (state.errors[field.name] ?? []).filter((error) => !typing || !(state.form?.errors ?? []).includes(error));
  const props: ControlProps = {
    field,
    state,
    value: state.values[field.name],
    set: (value) => state.set(field.name, value),
    frame: {
      id: controlId(state, field.name),
      label: field.label,
      description: <Description field={field} />,
      error: errors.length === 0 ? undefined : errors.map((error) => mistake(error, field.label)).join(" "),
      withAsterisk: field.required,
      disabled,
    },
  };
  return (
    <Box className={isWide(field) ? classes.wide : undefined} onFocus={onFocus} onBlur={onBlur}>
      {createElement(controlOf(field), props)}
      <Dropped options={state.dropped[field.name] ?? []} />
    </Box>
  );
}

/** Help of the report's author, and that somebody's rights narrow what may be chosen. */
function Description({ field }: { field: FormField }) {
  const { t } = useTranslation("form");
  if (field.help === "" && !field.limited) return null;
  return (
    <>
      {field.help}
      {field.help !== "" && field.limited && " "}
      {field.limited && t("limited")}
    </>
  );
}

const namedOptions = 5;

function Dropped({ options }: { options: string[] }) {
  const { t } = useTranslation("form");
  const format = useFormat();
  const named = options.slice(0, namedOptions);
  const left = options.length - named.length;
  const text = format.list([...named, ...(left > 0 ? [t("andMore", { count: left })] : [])]);
  return (
    <Box aria-live="polite">
      {options.length > 0 && (
        <Text size="xs" mt={4}>
          <IconInfoCircle size={14} aria-hidden style={{ verticalAlign: "-2px", marginInlineEnd: 4 }} />
          {t("dropped", { options: text })}
        </Text>
      )}
    </Box>
  );
}
