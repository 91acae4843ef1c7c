import { ActionIcon, Group as Row, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { groupQuery, peopleQuery, useMembership } from "../../api/people";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";

/** Who is in a group. Each change holds at once. */
export function Members({ group }: { group: string }) {
  const { t } = useTranslation("people");
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search.trim(), 150);
  const detail = useQuery(groupQuery(group));
  const people = useInfiniteQuery(peopleQuery({ search: wanted, role: "" }));
  const membership = useMembership();
  if (detail.isPending) return <Waiting />;
  if (detail.isError) return <Failure error={detail.error} />;
  const members = detail.data.people;
  const others = (people.data?.pages[0]?.items ?? []).filter(({ id }) => !members.some((member) => member.id === id));
  return (
    <Stack gap="xs">
      <Select label={t("addMember")} placeholder={t("search")} searchable searchValue={search} onSearchChange={setSearch} value={null} filter={({ options }) => options}
        data={others.map(({ id, name, email }) => ({ value: id, label: name === "" ? email : `${name} (${email})` }))} nothingFoundMessage={t("nobody")}
        onChange={(person) => { if (person !== null) { membership.mutate({ group, person, member: true }); setSearch(""); } }} />
      {members.length === 0 && <Text size="sm" c="dimmed">{t("nobodyIn")}</Text>}
      <Stack gap={4} role="list" mah={220} style={{ overflowY: "auto" }}>
        {members.map(({ id, name, email }) => (
          <Row key={id} role="listitem" gap="xs" wrap="nowrap" justify="space-between">
            <Text size="sm" truncate>{name === "" ? email : `${name} · ${email}`}</Text>
            <ActionIcon variant="subtle" color="gray" aria-label={t("removeMember", { name: name === "" ? email : name })}
              onClick={() => membership.mutate({ group, person: id, member: false })}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Row>
        ))}
      </Stack>
      {membership.isError && <Failure error={membership.error} />}
    </Stack>
  );
}
