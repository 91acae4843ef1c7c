import { Anchor, Badge, Group, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Person } from "../../api/people";
import { Ago } from "../../components/Ago";

export function PeopleTable({ people, onOpen }: { people: Person[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation("people");
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "region", "aria-label": t("tab.people") } }}>
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
              <Table.Td>
                <Anchor component="button" type="button" inherit ta="start" onClick={() => onOpen(person.id)}>
                  {person.name === "" ? person.email : person.name}
                </Anchor>
                <Text size="xs" c="dimmed">{person.name === "" ? "" : person.email}</Text>
              </Table.Td>
              <Table.Td>
                <Group gap={6}>
                  {t(`roles.${person.role}`)}
                  {person.disabled !== null && <Badge color="red" variant="light" tt="none">{t("disabled")}</Badge>}
                  {person.temporary && <Badge color="yellow" variant="light" tt="none">{t(person.seen === null ? "temporary" : "temporaryAgain")}</Badge>}
                </Group>
              </Table.Td>
              <Table.Td>{person.groups.join(", ")}</Table.Td>
              <Table.Td>{person.seen === null ? <Text size="sm" c="dimmed">{t("never")}</Text> : <Ago at={person.seen} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
