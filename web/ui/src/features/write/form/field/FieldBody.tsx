import { Alert, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import { type Declared, fieldPath } from "../fields";
import { KeyInput } from "../KeyInput";
import { becomes, type Choice, choiceOf, choices, hasKey, isPicked } from "../kinds";
import { OptionsEditor } from "../options/OptionsEditor";
import { saidElsewhere } from "../problems";
import { Bounds } from "./Bounds";
import { DefaultInput } from "./DefaultInput";
import { NameInput } from "./NameInput";

interface FieldBodyProps {
  index: number;
  field: Declared;
  fresh: boolean;
}

const shown = ["name", "label", "help", "show_if", "min", "max", "pattern", "max_items", "options", "default"];

/** Everything that is set about a field. */
export function FieldBody({ index, field, fresh }: FieldBodyProps) {
  const { t } = useTranslation("write");
  const { change, problems, readOnly } = useDesigner();
  const choice = choiceOf(field);
  const path = (key: string) => fieldPath(index, key);
  const said = saidElsewhere(problems, fieldPath(index), shown);
  const option = { value: "1", label: t("designer.newOption", { number: 1 }) };
  return (
    <Stack gap="md">
      {said.map((message) => <Alert key={message} color="red" p="xs">{message}</Alert>)}
      <SimpleGrid type="container" cols={{ base: 1, "420px": 2 }} spacing="md">
        <KeyInput path={path("label")} value={field.label} label={t("designer.label")} autoFocus={fresh} />
        <Select label={t("designer.kind")} readOnly={readOnly} allowDeselect={false} value={choice ?? null} comboboxProps={{ withinPortal: true }}
          data={choices.map((value) => ({ value, label: t(`designer.kinds.${value}`) }))}
          onChange={(value) => { if (value !== null && value !== choice) change(becomes(index, field, value as Choice, option), t("designer.kind")); }} />
        <NameInput index={index} name={field.name} />
        <KeyInput path={path("help")} value={field.help} label={t("designer.help")} description={t("designer.helpHelp")} />
      </SimpleGrid>
      <Switch label={t("designer.required")} checked={field.required} disabled={readOnly}
        onChange={(event) => change([event.currentTarget.checked ? { do: "set", path: path("required"), value: true } : { do: "remove", path: path("required") }], t("designer.required"))} />
      {choice !== undefined && hasKey(choice, "options") && <OptionsEditor index={index} field={field} />}
      {choice !== undefined && <DefaultInput index={index} field={field} choice={choice} />}
      {choice !== undefined && (isPicked(choice) || choice === "list") && <ValueKind index={index} field={field} choice={choice} />}
      {choice !== undefined && <Bounds index={index} field={field} choice={choice} />}
      {index > 0 && <KeyInput path={path("show_if")} value={field.show_if} label={t("designer.showIf")} description={t("designer.showIfHelp")} mono />}
    </Stack>
  );
}

/** Whether the values of a choice or the items of a list are texts or numbers. */
function ValueKind({ index, field, choice }: { index: number; field: Declared; choice: Choice }) {
  const { t } = useTranslation("write");
  const { change, readOnly } = useDesigner();
  const key = choice === "list" ? "of" : "kind";
  const label = t(choice === "list" ? "designer.of" : "designer.values");
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>{label}</Text>
      <SegmentedControl aria-label={label} readOnly={readOnly} value={field[key] === "integer" ? "integer" : "text"}
        data={[{ value: "text", label: t("designer.ofText") }, { value: "integer", label: t("designer.ofInteger") }]}
        onChange={(value) => change([value === "integer" ? { do: "set", path: fieldPath(index, key), value } : { do: "remove", path: fieldPath(index, key) }], label)} />
    </div>
  );
}
