import { ActionIcon, Group as Row, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { principalsQuery } from "../../api/grants";
import { type SourceGrant, useGrantSource, useRevokeSource } from "../../api/people";
import { Failure } from "../../components/Failure";

const everyone = "everyone";

/** Those who may write SQL for one source: people, groups, or every analyst. */
export function SourceRight({ source, grants }: { source: string; grants: SourceGrant[] }) {
  const { t } = useTranslation("people");
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search.trim(), 150);
  const found = useQuery(principalsQuery(wanted));
  const grant = useGrantSource();
  const revoke = useRevokeSource();
  const toAll = grants.some(({ person_id, group_id }) => person_id === "" && group_id === "");
  const data = [
    ...(toAll ? [] : [{ value: everyone, label: t("everyAnalyst") }]),
    ...(found.data ?? []).map(({ kind, id, name, detail }) => ({ value: `${kind}:${id}`, label: kind === "group" ? t("theGroup", { name }) : name === "" ? detail : `${name} (${detail})` })),
  ];
  const give = (value: string | null) => {
    if (value === null) return;
    const [kind, id] = value.split(":");
    grant.mutate({ source, ...(kind === "person" ? { person_id: id } : kind === "group" ? { group_id: id } : {}) });
    setSearch("");
  };
  return (
    <Stack gap="xs">
      {grants.length === 0 && <Text size="sm" c="dimmed">{t("onlyAdministrators")}</Text>}
      {grants.map((given) => {
        const name = given.person_id === "" && given.group_id === "" ? t("everyAnalyst") : given.group_id === "" ? given.person_name : t("theGroup", { name: given.name });
        return (
          <Row key={given.id} gap="xs" wrap="nowrap" justify="space-between">
            <Text size="sm" truncate>{name}</Text>
            <ActionIcon variant="subtle" color="gray" aria-label={t("revoke", { name, source })} onClick={() => revoke.mutate(given.id)}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Row>
        );
      })}
      <Select aria-label={t("giveTo", { source })} placeholder={t("giveToPlaceholder")} searchable value={null} searchValue={search} onSearchChange={setSearch}
        filter={({ options }) => options} data={data} onChange={give} nothingFoundMessage={t("nobody")} />
      {grant.isError && <Failure error={grant.error} />}
      {revoke.isError && <Failure error={revoke.error} />}
    </Stack>
  );
}
