import { SegmentedControl, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import { type Declared, fieldPath } from "../fields";
import { choiceOf } from "../kinds";
import { saidOf } from "../problems";
import { OptionQuery } from "./OptionQuery";
import { OptionTable } from "./OptionTable";

/** What can be chosen, or for a list what is known. */
export function OptionsEditor({ index, field }: { index: number; field: Declared }) {
  const { t } = useTranslation("write");
  const { change, problems, readOnly } = useDesigner();
  const path = fieldPath(index, "options");
  const isList = choiceOf(field) === "list";
  const { options } = field;
  const from = options === undefined ? "none" : "sql" in options ? "query" : "given";
  const title = t(isList ? "designer.known" : "designer.options");
  const choose = (to: string) => {
    if (to === from) return;
    if (to === "none") change([{ do: "remove", path }], title);
    else if (to === "query") change([{ do: "set", path, value: { sql: "SELECT id AS value, name AS label FROM …" } }], title);
    else change([{ do: "set", path, value: [{ value: "1", label: t("designer.newOption", { number: 1 }) }] }], title);
  };
  const ways = [...(isList || options === undefined ? ["none"] : []), "given", "query"];
  const words: Record<string, string> = { none: t("designer.noOptions"), given: t("designer.given"), query: t("designer.query") };
  const said = saidOf(problems, path);
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      <Text size="sm" fw={600}>{title}</Text>
      {isList && <Text size="xs" c="dimmed">{t("designer.knownHelp")}</Text>}
      <SegmentedControl aria-label={t("designer.optionsFrom")} readOnly={readOnly} value={from} onChange={choose} style={{ alignSelf: "flex-start" }}
        data={ways.map((value) => ({ value, label: words[value] }))} />
      {options !== undefined && "given" in options && <OptionTable index={index} field={field} given={options.given} />}
      {options !== undefined && "sql" in options && <OptionQuery index={index} field={field} sql={options.sql} />}
      {said.map((message) => <Text key={message} size="xs" c="red">{message}</Text>)}
    </Stack>
  );
}
