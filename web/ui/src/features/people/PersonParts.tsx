import { Anchor, Badge, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Person } from "../../api/people";

export interface PeopleListProps {
  people: Person[];
  onOpen: (id: string) => void;
}

/** Who it is; pressed, it opens all that can be changed about them. */
export function PersonTitle({ person, onOpen }: { person: Person; onOpen: (id: string) => void }) {
  return (
    <>
      <Anchor component="button" type="button" inherit ta="start" onClick={() => onOpen(person.id)}>
        {person.name === "" ? person.email : person.name}
      </Anchor>
      {person.name !== "" && <Text size="xs" c="dimmed">{person.email}</Text>}
    </>
  );
}

/** The role, and what keeps them from signing in as usual. */
export function PersonRole({ person }: { person: Person }) {
  const { t } = useTranslation("people");
  return (
    <Group gap={6}>
      {t(`roles.${person.role}`)}
      {person.disabled !== null && <Badge color="red" variant="light" tt="none">{t("disabled")}</Badge>}
      {person.temporary && <Badge color="yellow" variant="light" tt="none">{t(person.seen === null ? "temporary" : "temporaryAgain")}</Badge>}
    </Group>
  );
}
