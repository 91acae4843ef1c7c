import { Group, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { AuditFilter } from "../../api/audit";

const kinds = ["all", "run", "file", "link", "report", "snippet", "trial", "grant", "source", "person", "group", "session", "token"] as const;

/** `report.` in the filter stands for all actions that begin so. */
export function Filters({ filter, onChange }: { filter: AuditFilter; onChange: (change: Partial<AuditFilter>) => void }) {
  const { t } = useTranslation("audit");
  const field = (key: "person" | "search", label: string) => (
    <TextInput type="search" label={label} value={filter[key]} style={{ flex: "1 1 180px" }} maxLength={200}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })} />
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
