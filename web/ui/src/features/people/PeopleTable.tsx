import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Ago } from "../../components/Ago";
import { type PeopleListProps, PersonRole, PersonTitle } from "./PersonParts";

export function PeopleTable({ people, onOpen }: PeopleListProps) {
  const { t } = useTranslation("people");
  return (
    <Table withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("person")}</Table.Th>
          <Table.Th>{t("role")}</Table.Th>
          <Table.Th>{t("tab.groups")}</Table.Th>
          <Table.Th>{t("seen")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Table.Tr key={person.id}>
            <Table.Td><PersonTitle person={person} onOpen={onOpen} /></Table.Td>
            <Table.Td><PersonRole person={person} /></Table.Td>
            <Table.Td>{person.groups.join(", ")}</Table.Td>
            <Table.Td>{person.seen === null ? <Text size="sm" c="dimmed">{t("never")}</Text> : <Ago at={person.seen} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
