import { Group, SegmentedControl, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { principalsQuery } from "../../api/grants";
import { reportQuery, reportsQuery } from "../../api/reports";
import { useRole } from "../../session/SessionContext";
import classes from "./Runs.module.css";
import { type Filters, periods, statuses, type writeFilters } from "./filters";

interface FilterBarProps {
  filters: Filters;
  onChange: (change: Parameters<typeof writeFilters>[1]) => void;
}

/** Which runs are listed. All of it stands in the address. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { t } = useTranslation(["runs", "general"]);
  const seesOthers = useRole("analyst");
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={t("filters")}>
      {seesOthers && (
        <SegmentedControl style={{ flex: "none" }} aria-label={t("whose")} value={filters.mine ? "yes" : "no"} onChange={(mine) => onChange({ mine, ...(mine === "yes" && { person: undefined }) })}
          data={[{ value: "yes", label: t("mine") }, { value: "no", label: t("everybodys") }]} />
      )}
      <ReportChoice value={filters.report} onChange={(report) => onChange({ report, mine: filters.mine ? "yes" : "no" })} />
      {!filters.mine && <PersonChoice value={filters.person} onChange={(person) => onChange({ person, mine: "no" })} />}
      <Select aria-label={t("status")} placeholder={t("anyStatus")} clearable className={classes.filter} value={filters.status ?? null} onChange={(status) => onChange({ status: status ?? undefined })}
        data={statuses.map((status) => ({ value: status, label: t(`general:status.${status}`) }))} clearButtonProps={{ "aria-label": t("clear") }} />
      <Select aria-label={t("period")} placeholder={t("anyTime")} clearable className={classes.filter} value={filters.days === undefined ? null : String(filters.days)}
        onChange={(days) => onChange({ days: days ?? undefined })} clearButtonProps={{ "aria-label": t("clear") }}
        data={periods.map((days) => ({ value: String(days), label: t("days", { count: days }) }))} />
    </Group>
  );
}

interface ChoiceProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function ReportChoice({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation("runs");
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 200);
  const chosen = useQuery({ ...reportQuery(value ?? ""), enabled: value !== undefined, retry: false });
  const found = useInfiniteQuery(reportsQuery({ search: search === chosen.data?.title ? undefined : search || undefined }, 30));
  const reports = found.data?.pages[0]?.items.map(({ slug, title }) => ({ value: slug, label: title })) ?? [];
  const slug = chosen.data?.slug ?? value;
  if (slug !== undefined && !reports.some((report) => report.value === slug)) reports.unshift({ value: slug, label: chosen.data?.title ?? slug });
  return (
    <Select aria-label={t("report")} placeholder={t("anyReport")} searchable clearable className={classes.filter} value={slug ?? null} data={reports} filter={({ options }) => options}
      onSearchChange={setTyped} onChange={(report) => onChange(report ?? undefined)} nothingFoundMessage={t("noReport")} clearButtonProps={{ "aria-label": t("clear") }} />
  );
}

function PersonChoice({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation("runs");
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 200);
  const found = useQuery({ ...principalsQuery(search), placeholderData: keepPreviousData });
  const people = found.data?.filter(({ kind }) => kind === "person").map(({ id, name, detail }) => ({ value: id, label: name || detail })) ?? [];
  const [known, setKnown] = useState<{ value: string; label: string }>();
  if (value !== undefined && !people.some((person) => person.value === value)) people.unshift({ value, label: known?.value === value ? known.label : t("somebody") });
  const choose = (id: string | null) => {
    setKnown(people.find((person) => person.value === id));
    onChange(id ?? undefined);
  };
  return (
    <Select aria-label={t("person")} placeholder={t("anybody")} searchable clearable className={classes.filter} value={value ?? null} data={people} filter={({ options }) => options}
      onSearchChange={setTyped} onChange={choose} nothingFoundMessage={t("noPerson")} clearButtonProps={{ "aria-label": t("clear") }} />
  );
}
