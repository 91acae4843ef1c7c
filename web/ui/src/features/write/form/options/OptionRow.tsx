import { ActionIcon, Group, Table, Text, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import type { ClipboardEvent } from "react";
import { useTranslation } from "react-i18next";

import { shownText } from "../DesignerContext";
import type { GivenOption } from "../fields";
import type { OptionKey } from "./OptionTable";

interface OptionRowProps {
  option: GivenOption;
  at: number;
  count: number;
  /** The SQL stands below the value and the label: it is long, and the designer narrow. */
  withSql: boolean;
  titles: Record<OptionKey, string>;
  readOnly: boolean;
  onChange: (key: OptionKey, text: string) => void;
  onPaste: (event: ClipboardEvent) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

export function OptionRow({ option, at, count, withSql, titles, readOnly, onChange, onPaste, onMove, onRemove }: OptionRowProps) {
  const { t } = useTranslation("write");
  const number = at + 1;
  const inputOf = (key: OptionKey) => (
    <TextInput size="xs" aria-label={t("designer.optionAt", { column: titles[key], number })} readOnly={readOnly} value={shownText(option[key])}
      placeholder={key === "label" ? option.value : undefined} leftSection={key === "sql" ? <Text span size="xs" c="dimmed" aria-hidden>SQL</Text> : undefined}
      leftSectionWidth={38} styles={key === "label" ? undefined : { input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      onChange={(event) => onChange(key, event.currentTarget.value)} onPaste={onPaste} />
  );
  const actions = (
    <Table.Td w={96} pb={withSql ? "sm" : undefined}>
      {!readOnly && (
        <Group gap={2} wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" size="sm" disabled={at === 0} aria-label={t("designer.optionUp", { number })} onClick={() => onMove(at - 1)}>
            <IconArrowUp size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" size="sm" disabled={number === count} aria-label={t("designer.optionDown", { number })} onClick={() => onMove(at + 1)}>
            <IconArrowDown size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" size="sm" disabled={count === 1} aria-label={t("designer.optionRemove", { number })} onClick={onRemove}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </Group>
      )}
    </Table.Td>
  );
  return (
    <>
      <Table.Tr>
        <Table.Td>{inputOf("value")}</Table.Td>
        <Table.Td colSpan={withSql ? 2 : 1}>{inputOf("label")}</Table.Td>
        {!withSql && actions}
      </Table.Tr>
      {withSql && (
        <Table.Tr>
          <Table.Td colSpan={2} pb="sm">{inputOf("sql")}</Table.Td>
          {actions}
        </Table.Tr>
      )}
    </>
  );
}
