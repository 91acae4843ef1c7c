import { Anchor, Button, Group as Row, Table, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { groupsQuery, useCreateGroup } from "../../api/people";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { Waiting } from "../../components/Waiting";
import { GroupDialog } from "./GroupDialog";

export function Groups() {
  const { t } = useTranslation("people");
  const groups = useQuery(groupsQuery);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const create = useCreateGroup();
  const send = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim() }, { onSuccess: (group) => { setName(""); setChosen(group.id); } });
  };
  const group = groups.data?.find(({ id }) => id === chosen);
  return (
    <>
      <Text size="sm" c="dimmed" mb="md" maw={640}>{t("groupsAbout")}</Text>
      <form onSubmit={send}>
        <Row mb="md" gap="sm" align="flex-end">
          <TextInput label={t("newGroup")} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} style={{ flex: "0 1 320px" }} />
          <Button type="submit" loading={create.isPending}>{t("createGroup")}</Button>
        </Row>
      </form>
      {create.isError && <Failure error={create.error} />}
      {groups.isPending && <Waiting />}
      {groups.isError && <Failure error={groups.error} retry={() => void groups.refetch()} />}
      {groups.data?.length === 0 && <Nothing title={t("noGroups")} text={t("noGroupsText")} />}
      {groups.data !== undefined && groups.data.length > 0 && (
        <Table withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("group")}</Table.Th>
              <Table.Th>{t("members")}</Table.Th>
              <Table.Th>{t("limitedTo")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.data.map(({ id, name: label, members, limits }) => (
              <Table.Tr key={id}>
                <Table.Td><Anchor component="button" type="button" inherit ta="start" onClick={() => setChosen(id)}>{label}</Anchor></Table.Td>
                <Table.Td>{t("memberCount", { count: members })}</Table.Td>
                <Table.Td>{Object.entries(limits).map(([field, values]) => <Text key={field} size="sm" lineClamp={2}>{field}: {values.join(", ")}</Text>)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {group && <GroupDialog key={group.id} group={group} onClose={() => setChosen(null)} />}
    </>
  );
}
