import { Button, Group as Row, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { groupsQuery, useCreateGroup } from "../../api/people";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { useNarrow } from "../../components/useNarrow";
import { Waiting } from "../../components/Waiting";
import { GroupCards } from "./GroupCards";
import { GroupDialog } from "./GroupDialog";
import { GroupTable } from "./GroupTable";

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
  const List = useNarrow() ? GroupCards : GroupTable;
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
      {groups.data !== undefined && groups.data.length > 0 && <List groups={groups.data} onOpen={setChosen} />}
      {group && <GroupDialog key={group.id} group={group} onClose={() => setChosen(null)} />}
    </>
  );
}
