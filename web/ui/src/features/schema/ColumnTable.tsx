import { Box, Button, Table, Text, Title } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { SchemaColumn } from "../../api/schema-browser";

/** As many columns as are shown at first. */
const many = 60;

export function ColumnTable({ columns }: { columns: SchemaColumn[] }) {
  const { t } = useTranslation("schema");
  const [all, setAll] = useState(columns.length <= many + 10);
  const commented = columns.some((column) => column.comment !== "");
  return (
    <Box>
      <Title order={3} size="h5" mb="xs" id="columns">
        {t("columns")}
      </Title>
      <Table.ScrollContainer minWidth={0} type="native" tabIndex={0} role="region" aria-labelledby="columns">
        <Table aria-labelledby="columns" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("column")}</Table.Th>
              <Table.Th>{t("type")}</Table.Th>
              {commented && <Table.Th>{t("comment")}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(all ? columns : columns.slice(0, many)).map((column) => (
              <Column key={column.name} column={column} commented={commented} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {!all && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
          {t("allColumns", { count: columns.length })}
        </Button>
      )}
    </Box>
  );
}

function Column({ column, commented }: { column: SchemaColumn; commented: boolean }) {
  const { t } = useTranslation("schema");
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        <Text span ff="monospace" size="sm">
          {column.name}
        </Text>
        {column.key && <IconKey size={14} role="img" aria-label={t("key")} style={{ marginInlineStart: 6, verticalAlign: "-2px" }}><title>{t("key")}</title></IconKey>}
      </Table.Td>
      <Table.Td miw={140}>
        <Text span ff="monospace" size="sm" c="dimmed">
          {column.type}
        </Text>
      </Table.Td>
      {commented && <Table.Td miw={200}>{column.comment}</Table.Td>}
    </Table.Tr>
  );
}
