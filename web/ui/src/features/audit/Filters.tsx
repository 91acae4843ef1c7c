import { Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AuditFilter } from "../../api/audit";

const kinds = ["all", "run", "file", "link", "report", "workbook", "folder", "snippet", "trial", "grant", "source", "person", "group", "session", "token"] as const;

/** `report.` in the filter stands for all actions that begin so. */
export function Filters({ filter, onChange }: { filter: AuditFilter; onChange: (change: Partial<AuditFilter>) => void }) {
  const { t } = useTranslation("audit");
  const field = (key: "person" | "search", label: string) => (
    <Words label={label} value={filter[key]} onChange={(value) => onChange({ [key]: value })} />
  );
  const day = (key: "since" | "until", label: string) => (
    <TextInput type="date" label={label} value={filter[key]} style={{ flex: "1 1 140px" }} onChange={(event) => onChange({ [key]: event.currentTarget.value })} />
  );
  return (
    <Group mb="md" gap="sm" align="flex-end" role="search">
      {field("person", t("personFilter"))}
      <NativeSelect label={t("kindFilter")} value={filter.action === "" ? "all" : filter.action.replace(/\..*/, "")} style={{ flex: "1 1 150px" }}
        data={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        onChange={(event) => onChange({ action: event.currentTarget.value === "all" ? "" : `${event.currentTarget.value}.` })} />
      {field("search", t("search"))}
      {day("since", t("since"))}
      {day("until", t("until"))}
    </Group>
  );
}

const patience = 250; // ms between the last key and the address

/** What is typed stands in the field at once and in the address a moment later: the address follows too slowly to type into. */
function Words({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [told, setTold] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== told) {
      setTold(value);
      setText(value);
    }
  }
  const tell = useDebouncedCallback((typed: string) => {
    setTold(typed);
    onChange(typed);
  }, patience);
  return (
    <TextInput type="search" label={label} value={text} style={{ flex: "1 1 180px" }} maxLength={200}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        tell(currentTarget.value);
      }} />
  );
}
