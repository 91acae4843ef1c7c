import { Button, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import type { DeclaredExport } from "../fields";
import { ExportCard } from "./ExportCard";

/** The files that a run writes. */
export function ExportList({ exports }: { exports: DeclaredExport[] }) {
  const { t } = useTranslation("write");
  const { change, model, readOnly } = useDesigner();
  const cells = model.cells.filter(({ kind, name }) => kind !== "chart" && name !== "").map(({ name }) => name);
  const add = () => change([{ do: "insert", path: ["exports"], at: exports.length, value: { cells: cells.slice(-1), format: "xlsx" } }], t("designer.addFile"));
  return (
    <Stack gap="sm">
      {exports.length === 0 && <Text size="sm" c="dimmed">{t("designer.filesText")}</Text>}
      {exports.map((one, index) => <ExportCard key={index} index={index} declared={one} cells={cells} last={exports.length === 1} />)}
      {!readOnly && (
        <Button variant="default" size="compact-sm" style={{ alignSelf: "flex-start" }} leftSection={<IconPlus size={14} aria-hidden />} disabled={cells.length === 0} onClick={add}>
          {t("designer.addFile")}
        </Button>
      )}
    </Stack>
  );
}
