import { Button, Checkbox, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ControlProps } from "../fields/control";
import classes from "../form.module.css";
import { SearchedCheckbox } from "./SearchedCheckbox";
import { useChosen } from "./useChosen";

const few = 12;

/** Any number of options: a few as boxes to tick, more as a search. */
export function CheckboxField(props: ControlProps) {
  const many = props.field.searchable || (props.field.options ?? []).length > few;
  return many ? <SearchedCheckbox {...props} /> : <Boxes {...props} />;
}

function Boxes({ field, state, set, frame }: ControlProps) {
  const { t } = useTranslation("form");
  const { values } = useChosen(state, field);
  const options = field.options ?? [];
  const all = options.map((option) => option.value);
  const held = values.length === 1 && values[0] === "all" ? all : values;
  return (
    <Checkbox.Group {...frame} value={held} onChange={set}>
      <div className={classes.choices} style={{ marginTop: 6 }}>
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value} label={option.label} disabled={frame.disabled} />
        ))}
      </div>
      {options.length > 3 && (
        <Group gap="xs" mt={6}>
          <Button size="compact-xs" variant="subtle" disabled={frame.disabled || held.length === all.length} onClick={() => set(all)}>
            {t("selectAll")}
          </Button>
          <Button size="compact-xs" variant="subtle" disabled={frame.disabled || held.length === 0} onClick={() => set([])}>
            {t("clear")}
          </Button>
        </Group>
      )}
    </Checkbox.Group>
  );
}
