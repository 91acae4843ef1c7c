import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { GroupLimits, type GroupListProps, GroupTitle } from "./GroupParts";

export function GroupTable({ groups, onOpen }: GroupListProps) {
  const { t } = useTranslation("people");
  return (
    <Table withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("group")}</Table.Th>
          <Table.Th>{t("members")}</Table.Th>
          <Table.Th>{t("limitedTo")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {groups.map((group) => (
          <Table.Tr key={group.id}>
            <Table.Td><GroupTitle group={group} onOpen={onOpen} /></Table.Td>
            <Table.Td>{t("memberCount", { count: group.members })}</Table.Td>
            <Table.Td><GroupLimits group={group} /></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
