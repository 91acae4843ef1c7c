import { Alert, Anchor, Button, Group, List, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useSentence } from "../../../components/Failure";
import { focusField } from "../focus";
import type { FormState } from "../useForm";
import { wrongFields } from "./byField";
import { useMistake } from "./useMistake";

/** What is to say of the form as a whole, above its fields. */
export function FormNotices({ state }: { state: FormState }) {
  return (
    <>
      <Unreachable state={state} />
      <Summary state={state} />
    </>
  );
}

/** A source that does not answer, or a form that could not be asked for again: the fields stay. */
function Unreachable({ state }: { state: FormState }) {
  const { t } = useTranslation("form");
  const mistake = useMistake();
  const sentence = useSentence();
  const sentences = (state.errors[""] ?? []).map((error) => mistake(error, ""));
  if (state.failure !== null) sentences.push(sentence(state.failure));
  if (sentences.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t("trouble")} role="status">
      {sentences.map((one) => (
        <Text size="sm" key={one}>
          {one}
        </Text>
      ))}
      <Group mt="xs">
        <Button size="xs" variant="default" onClick={state.retry} loading={state.pending}>
          {t("again")}
        </Button>
      </Group>
    </Alert>
  );
}

/** After a refused run: everything that is wrong, to go to. */
function Summary({ state }: { state: FormState }) {
  const { t } = useTranslation("form");
  const mistake = useMistake();
  const wrong = wrongFields(state.form, state.errors);
  if (state.refusals === 0 || wrong.length === 0) return null;
  const labelOf = (name: string) => state.form?.fields.find((field) => field.name === name)?.label ?? name;
  const sentenceOf = (name: string) => {
    const sentence = (state.errors[name] ?? []).map((error) => mistake(error, labelOf(name))).join(" ");
    return sentence.includes(labelOf(name)) ? sentence : `${labelOf(name)}: ${sentence}`;
  };
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("wrong", { count: wrong.length })} role="alert">
      <List size="sm" listStyleType="none" spacing={4}>
        {wrong.map((name) => (
          <List.Item key={name}>
            <Anchor component="button" type="button" inherit ta="start" onClick={() => focusField(state, name)}>
              {sentenceOf(name)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
