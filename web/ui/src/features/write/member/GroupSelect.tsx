import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { principalsQuery } from "../../../api/grants";

interface GroupSelectProps {
  value: { id: string; name: string } | undefined;
  onChange: (group: { id: string; name: string } | undefined) => void;
}

const everybody = "everybody";

/** As whom the report is looked at: everybody, or a member of a group with the values the group is limited to. */
export function GroupSelect({ value, onChange }: GroupSelectProps) {
  const { t } = useTranslation("write");
  const [search, setSearch] = useState("");
  const label = (name: string) => t("member.group", { name });
  const shown = value === undefined ? t("member.everybody") : label(value.name);
  const [wanted] = useDebouncedValue(search === shown ? "" : search.trim(), 150);
  const found = useQuery(principalsQuery(wanted));
  const groups = (found.data ?? []).filter(({ kind }) => kind === "group");
  const known = value !== undefined && !groups.some(({ id }) => id === value.id) ? [value, ...groups] : groups;
  return (
    <Select
      size="sm" w={{ base: 200, sm: 260 }} aria-label={t("member.as")} allowDeselect={false} searchable searchValue={search} onSearchChange={setSearch}
      filter={({ options }) => options} nothingFoundMessage={t("member.findGroup")} comboboxProps={{ withinPortal: true }}
      data={[{ value: everybody, label: t("member.everybody") }, ...known.map(({ id, name }) => ({ value: id, label: label(name) }))]}
      value={value?.id ?? everybody}
      onChange={(id) => onChange(known.find((group) => group.id === id))}
    />
  );
}
