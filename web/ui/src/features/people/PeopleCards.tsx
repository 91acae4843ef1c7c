import { Box, Paper, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Ago } from "../../components/Ago";
import { Cards } from "../../components/Cards";
import { type PeopleListProps, PersonRole, PersonTitle } from "./PersonParts";

/** The people where a table does not fit. */
export function PeopleCards({ people, onOpen }: PeopleListProps) {
  const { t } = useTranslation("people");
  return (
    <Cards label={t("tab.people")}>
      {people.map((person) => (
        <Paper key={person.id} component="li" withBorder p="sm">
          <PersonTitle person={person} onOpen={onOpen} />
          <Box fz="sm" mt={4}><PersonRole person={person} /></Box>
          {person.groups.length > 0 && <Text size="sm" c="dimmed">{t("inGroups", { groups: person.groups.join(", ") })}</Text>}
          <Text size="sm" c="dimmed">{person.seen === null ? t("notSeen") : <>{t("seen")}: <Ago at={person.seen} /></>}</Text>
        </Paper>
      ))}
    </Cards>
  );
}
