import { Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { filesQuery } from "../../../../api/files";
import { reportQuery } from "../../../../api/reports";
import { useRole } from "../../../../session/SessionContext";
import { useDesigner } from "../DesignerContext";
import { saidOf } from "../problems";
import type { Path } from "../yaml/part";
import { TemplateActions } from "./TemplateActions";

/** A workbook of the report's folder to fill. */
export function TemplateSelect({ path, value }: { path: Path; value: string }) {
  const { t } = useTranslation("write");
  const { change, report, folder: from, problems, readOnly } = useDesigner();
  const writes = useRole("analyst");
  const kept = useQuery({ ...reportQuery(report ?? ""), enabled: report !== undefined });
  const folder = kept.data?.folder ?? from; // it may have moved since
  const files = useQuery({ ...filesQuery(folder), enabled: writes });
  const names = (files.data ?? []).map(({ name }) => name);
  const set = (name: string | null) => change([name === null ? { do: "remove", path } : { do: "set", path, value: name }], t("designer.template"));
  const missing = value !== "" && files.data !== undefined && !files.isFetching && !names.includes(value);
  const said = [...saidOf(problems, path), ...(missing ? [t("designer.templateMissing", { name: value })] : [])];
  const place = folder === "" ? t("designer.templateNewRoot") : t("designer.templateNew", { folder });
  return (
    <Stack gap={6}>
      <Select label={t("designer.template")} placeholder={t("designer.templateNone")} readOnly={readOnly} clearable={!readOnly}
        description={report === undefined && value !== "" ? place : t("designer.templateHelp")} error={said.join(" ") || undefined}
        data={value === "" || names.includes(value) ? names : [value, ...names]} value={value || null} onChange={set} />
      {writes && <TemplateActions folder={folder} file={files.data?.find(({ name }) => name === value)} onChosen={set} />}
    </Stack>
  );
}
