import { Table, type TableProps, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Values } from "../../api/runs";

/** The values of a run as they were recorded. Of long lists only the beginning is shown. */
export function ValuesTable({ values, ...table }: { values: Values } & TableProps) {
  const { t } = useTranslation("results");
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return (
    <Table fz="sm" withTableBorder layout="fixed" {...table}>
      <Table.Caption style={{ captionSide: "top", textAlign: "start" }} mt={0} mb={4}>
        {t("details.values")}
      </Table.Caption>
      <Table.Tbody>
        {entries.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w="30%">{name}</Table.Th>
            <Table.Td>
              {typeof value === "boolean" ? t(`table.${value}`) : valueText(value) || (
                <Text span size="sm" c="dimmed">
                  {t("details.nothing")}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const mostItems = 20;

export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.slice(0, mostItems).map(valueText).join(", ") + (value.length > mostItems ? ` … (${value.length})` : "");
  if (typeof value !== "object") return String(value);
  const { from, to } = value as { from?: unknown; to?: unknown };
  return from !== undefined || to !== undefined ? `${valueText(from)} – ${valueText(to)}` : JSON.stringify(value);
}
