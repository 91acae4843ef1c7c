import { Button, Center, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { peopleQuery, type Person } from "../../api/people";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { useNarrow } from "../../components/useNarrow";
import { Waiting } from "../../components/Waiting";
import { NewPersonDialog } from "./NewPersonDialog";
import { PeopleCards } from "./PeopleCards";
import { PeopleTable } from "./PeopleTable";
import { PersonDialog } from "./PersonDialog";
import { roles } from "./roles";

export function People() {
  const { t } = useTranslation("people");
  const [search, setSearch] = useState("");
  const [role, setRole] = useState<Person["role"] | "">("");
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [wanted] = useDebouncedValue(search.trim(), 150);
  const people = useInfiniteQuery(peopleQuery({ search: wanted, role }));
  const found = people.data?.pages.flatMap((page) => page.items) ?? [];
  const List = useNarrow() ? PeopleCards : PeopleTable;
  const person = found.find(({ id }) => id === chosen);
  return (
    <>
      <Group mb="md" gap="sm" align="flex-end">
        <TextInput type="search" label={t("search")} leftSection={<IconSearch size={16} aria-hidden />} style={{ flex: "1 1 220px" }} value={search}
          onChange={(event) => setSearch(event.currentTarget.value)} />
        <NativeSelect label={t("role")} value={role} onChange={(event) => setRole(event.currentTarget.value as Person["role"] | "")}
          data={[{ value: "", label: t("anyRole") }, ...roles.map((value) => ({ value, label: t(`roles.${value}`) }))]} />
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t("add")}</Button>
      </Group>
      {people.isPending && <Waiting />}
      {people.isError && <Failure error={people.error} retry={() => void people.refetch()} />}
      {people.isSuccess && found.length === 0 && <Nothing title={t("nobody")} text={t("nobodyText")} />}
      {found.length > 0 && <List people={found} onOpen={setChosen} />}
      {people.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>{t("more")}</Button>
        </Center>
      )}
      {adding && <NewPersonDialog onClose={() => setAdding(false)} />}
      {person && <PersonDialog key={person.id} person={person} onClose={() => setChosen(null)} />}
    </>
  );
}
