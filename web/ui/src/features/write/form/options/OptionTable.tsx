import { Button, Group, Stack, Switch, Table, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ClipboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import { type Declared, fieldPath, type GivenOption } from "../fields";
import { choiceOf } from "../kinds";
import { changedOption, optionMap, pastedOptions } from "../values";
import { nodeAt } from "../yaml/part";
import type { Operation } from "../yaml/expected";
import { isMap } from "yaml";
import { OptionRow } from "./OptionRow";

interface OptionTableProps {
  index: number;
  field: Declared;
  given: GivenOption[];
}

export type OptionKey = "value" | "label" | "sql";

/** Options that are written one by one. Columns of a spreadsheet can be pasted into it. */
export function OptionTable({ index, field, given }: OptionTableProps) {
  const { t } = useTranslation("write");
  const { change, part, readOnly } = useDesigner();
  const isList = choiceOf(field) === "list";
  const [wide, setWide] = useState(false);
  const withSql = !isList && (wide || given.some(({ sql }) => sql !== ""));
  const path = fieldPath(index, "options");
  const label = t("designer.options");
  const set = (at: number, key: OptionKey, text: string) => {
    const option = given[at]!;
    const map = isMap(nodeAt(part, [...path, at]));
    const value = changedOption(field, option, key, text);
    change([map ? oneKey(path, at, key, value, text) : { do: "set", path: [...path, at], value }], label);
  };
  const paste = (event: ClipboardEvent, at: number) => {
    const rows = pastedOptions(event.clipboardData.getData("text/plain"));
    if (rows === undefined || readOnly) return;
    event.preventDefault();
    const empty = given[at]!.value === "" && given[at]!.label === "";
    const put = rows.map((row, shift): Operation => ({ do: "insert", path, at: at + 1 + shift, value: optionMap(field, row) }));
    change(empty ? [...put, { do: "remove", path: [...path, at] }] : put, label);
  };
  const titles: Record<OptionKey, string> = { value: t("designer.optionValue"), label: t("designer.optionLabel"), sql: t("designer.optionSql") };
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={320}>
        <Table verticalSpacing={4} horizontalSpacing={4} withRowBorders={false}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="40%"><Text size="xs" fw={600}>{titles.value}</Text></Table.Th>
              <Table.Th colSpan={2}><Text size="xs" fw={600}>{titles.label}</Text></Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {given.map((option, at) => (
              <OptionRow key={at} option={option} at={at} count={given.length} withSql={withSql} titles={titles} readOnly={readOnly}
                onChange={(key, text) => set(at, key, text)} onPaste={(event) => paste(event, at)}
                onMove={(to) => change([{ do: "move", path, from: at, to }], label)}
                onRemove={() => change([{ do: "remove", path: [...path, at] }], t("designer.remove"))} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {!readOnly && (
        <Group gap="md">
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => change([{ do: "insert", path, at: given.length, value: optionMap(field, { value: freeValue(given), label: t("designer.newOption", { number: given.length + 1 }), sql: "" }) }], t("designer.addOption"))}>
            {t("designer.addOption")}
          </Button>
          {!isList && <Switch size="xs" label={t("designer.withSql")} checked={withSql} disabled={given.some(({ sql }) => sql !== "")} onChange={(event) => setWide(event.currentTarget.checked)} />}
          <Text size="xs" c="dimmed">{t("designer.pasteHelp")}</Text>
        </Group>
      )}
    </Stack>
  );
}

/** The smallest change: one key of an option that is written with keys. */
function oneKey(path: (string | number)[], at: number, key: OptionKey, whole: ReturnType<typeof changedOption>, text: string): Operation {
  const place = [...path, at, key];
  if (key !== "value" && text === "") return { do: "remove", path: place };
  const value = typeof whole === "object" && !Array.isArray(whole) && key in whole ? (whole as Record<string, string>)[key]! : text;
  return { do: "set", path: place, value };
}

function freeValue(given: GivenOption[]): string {
  const taken = new Set(given.map(({ value }) => value));
  for (let number = given.length + 1; ; number++) if (!taken.has(String(number))) return String(number);
}
