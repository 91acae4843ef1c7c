import { ActionIcon, Alert, Group, MultiSelect, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import type { DeclaredExport } from "../fields";
import { KeyInput } from "../KeyInput";
import { saidElsewhere, saidOf } from "../problems";
import type { Operation } from "../yaml/expected";
import { CsvOptions } from "./CsvOptions";
import { TemplateSelect } from "./TemplateSelect";

const formats = ["xlsx", "csv", "parquet", "json"] as const;
const ofFormat: Record<string, string> = { template: "xlsx", bom: "csv", separator: "csv", formula_guard: "csv" };

interface ExportCardProps {
  index: number;
  declared: DeclaredExport;
  cells: string[];
  /** The only one: without it the report writes what it writes by itself. */
  last: boolean;
}

/** One file of a report. */
export function ExportCard({ index, declared, cells, last }: ExportCardProps) {
  const { t } = useTranslation("write");
  const { change, problems, readOnly } = useDesigner();
  const path = (key: string) => ["exports", index, key];
  const number = index + 1;
  const become = (format: string) => {
    const gone = Object.entries(ofFormat).filter(([, of]) => of !== format).map(([key]): Operation => ({ do: "remove", path: path(key) }));
    change([{ do: "set", path: path("format"), value: format }, ...gone], t("designer.format"));
  };
  const remove = () => change([{ do: "remove", path: last ? ["exports"] : ["exports", index] }], t("designer.remove"));
  const choice = cells.concat(declared.cells.filter((name) => !cells.includes(name)));
  return (
    <Paper withBorder p="sm" role="group" aria-label={t("designer.fileAt", { number })}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <SegmentedControl size="xs" aria-label={t("designer.format")} readOnly={readOnly} value={declared.format} onChange={become}
            data={formats.map((value) => ({ value, label: t(`designer.formats.${value}`) }))} />
          {!readOnly && (
            <ActionIcon variant="subtle" color="gray" aria-label={t("designer.fileRemove", { number })} onClick={remove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
        {saidElsewhere(problems, ["exports", index], ["cells", "filename"]).map((message) => <Alert key={message} color="red" p="xs">{message}</Alert>)}
        <MultiSelect label={t("designer.cells")} readOnly={readOnly} data={choice} value={declared.cells} error={saidOf(problems, path("cells")).join(" ") || undefined}
          onChange={(value) => change([{ do: "set", path: path("cells"), value }], t("designer.cells"))} />
        <KeyInput path={path("filename")} value={declared.filename} label={t("designer.filename")} description={t("designer.filenameHelp")} mono />
        {declared.format === "xlsx" && <TemplateSelect path={path("template")} value={declared.template} />}
        {declared.format === "csv" && <CsvOptions index={index} declared={declared} />}
        {declared.format === "" && <Text size="xs" c="red">{t("designer.format")}</Text>}
      </Stack>
    </Paper>
  );
}
