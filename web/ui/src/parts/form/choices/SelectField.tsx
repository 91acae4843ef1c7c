import { Group, Radio, Select } from "@mantine/core";

import { isEmpty } from "../values";
import type { ControlProps } from "../fields/control";
import { useTranslation } from "react-i18next";
import { SearchedSelect } from "./SearchedSelect";
import { useChosen } from "./useChosen";

const few = 4;
const manyGiven = 200;

/** One option: of a few at a glance, of more from a list, of very many by searching. */
export function SelectField(props: ControlProps) {
  const { field } = props;
  const options = field.options ?? [];
  if (field.searchable || options.length > manyGiven) return <SearchedSelect {...props} />;
  return field.required && options.length <= few ? <Radios {...props} /> : <Listed {...props} />;
}

function Radios({ field, state, set, frame }: ControlProps) {
  const { values } = useChosen(state, field);
  return (
    <Radio.Group {...frame} value={values[0] ?? null} onChange={set}>
      <Group mt={6} mb={4} gap="md">
        {(field.options ?? []).map((option) => (
          <Radio key={option.value} value={option.value} label={option.label} disabled={frame.disabled} />
        ))}
      </Group>
    </Radio.Group>
  );
}

function Listed({ field, state, set, frame }: ControlProps) {
  const { t } = useTranslation("form");
  const { values } = useChosen(state, field);
  const options = field.options ?? [];
  return (
    <Select
      {...frame}
      aria-required={field.required}
      data={options}
      value={values[0] ?? null}
      onChange={(value) => !isEmpty(value) && set(value)}
      clearable={!field.required}
      onClear={() => set(null)}
      clearButtonProps={{ "aria-label": t("clearOf", { label: field.label }) }}
      searchable={options.length > 8}
      nothingFoundMessage={t("nothingFound")}
      placeholder={t("choose")}
      checkIconPosition="right"
      maxDropdownHeight={280}
    />
  );
}
