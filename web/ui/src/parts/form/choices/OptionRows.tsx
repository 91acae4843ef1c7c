import { Combobox, Group, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { FormField } from "../../../api/forms";
import { ProblemError } from "../../../api/client";
import { useSentence } from "../../../components/Failure";
import classes from "../form.module.css";
import type { FormState } from "../useForm";
import { isEmpty } from "../values";
import type { OptionsFound } from "./useOptions";

interface OptionRowsProps {
  field: FormField;
  state: FormState;
  found: OptionsFound;
  chosen: ReadonlySet<string>;
}

/** The options that were found, and what is to say when there are none, more, or none yet. */
export function OptionRows({ field, state, found, chosen }: OptionRowsProps) {
  const { t } = useTranslation("form");
  const failure = useFailure(field, state, found.failure);
  const empty = failure !== undefined || found.options.length === 0;
  return (
    <>
      {empty ? (
        <Combobox.Empty role="status">{failure ?? (found.searching ? t("searching") : t("nothingFound"))}</Combobox.Empty>
      ) : (
        <Combobox.Options className={classes.options} aria-label={field.label} aria-busy={found.searching}>
          {found.options.map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={chosen.has(option.value)} aria-selected={chosen.has(option.value)}>
              <Group gap="xs" wrap="nowrap" justify="space-between">
                <Text size="sm">{option.label}</Text>
                {chosen.has(option.value) && <IconCheck size={16} aria-hidden />}
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      )}
      {found.more && failure === undefined && (
        <Combobox.Footer>
          <Text size="xs" c="dimmed">
            {t("moreOptions", { count: found.options.length })}
          </Text>
        </Combobox.Footer>
      )}
    </>
  );
}

/** Options that depend on a field which is not filled in wait for it. */
function useFailure(field: FormField, state: FormState, failure: Error | null): string | undefined {
  const { t } = useTranslation("form");
  const sentence = useSentence();
  if (failure === null) return undefined;
  const empty = (state.form?.fields ?? []).filter(
    (one) => (field.depends as string[] | null)?.includes(one.name) && isEmpty(state.values[one.name]),
  );
  if (failure instanceof ProblemError && failure.problem.code === "invalid" && empty.length > 0) {
    return t("firstFill", { labels: empty.map((one) => one.label).join(", ") });
  }
  return sentence(failure);
}
