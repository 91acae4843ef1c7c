import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { filesQuery } from "../../../../api/files";
import { reportQuery } from "../../../../api/reports";
import { useDesigner } from "../DesignerContext";
import type { Path } from "../yaml/part";

/** A workbook of the report's folder to fill. */
export function TemplateSelect({ path, value }: { path: Path; value: string }) {
  const { t } = useTranslation("write");
  const { change, report, readOnly } = useDesigner();
  const kept = useQuery({ ...reportQuery(report ?? ""), enabled: report !== undefined });
  const files = useQuery({ ...filesQuery(kept.data?.folder ?? ""), enabled: report === undefined || kept.data !== undefined });
  const names = (files.data ?? []).map(({ name }) => name).filter((name) => name.toLowerCase().endsWith(".xlsx"));
  const all = value === "" || names.includes(value) ? names : [value, ...names];
  if (all.length === 0) return null;
  return (
    <Select label={t("designer.template")} description={t("designer.templateHelp")} placeholder={t("designer.templateNone")} readOnly={readOnly} clearable
      data={all} value={value || null} onChange={(name) => change([name === null ? { do: "remove", path } : { do: "set", path, value: name }], t("designer.template"))} />
  );
}
