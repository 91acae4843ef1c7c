import { Select, SimpleGrid, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import type { DeclaredExport } from "../fields";

const named: Record<string, "comma" | "semicolon" | "tab"> = { ",": "comma", ";": "semicolon", "\t": "tab" };

export function CsvOptions({ index, declared }: { index: number; declared: DeclaredExport }) {
  const { t } = useTranslation("write");
  const { change, readOnly } = useDesigner();
  const path = (key: string) => ["exports", index, key];
  const flag = (key: "bom" | "formula_guard", label: string) => (
    <Switch label={label} checked={declared[key]} disabled={readOnly}
      onChange={(event) => change([event.currentTarget.checked ? { do: "set", path: path(key), value: true } : { do: "remove", path: path(key) }], label)} />
  );
  const separators = [...new Set([...Object.keys(named), declared.separator || ","])];
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <Select label={t("designer.separator")} readOnly={readOnly} allowDeselect={false} value={declared.separator || ","}
        data={separators.map((value) => ({ value, label: named[value] === undefined ? value : t(`designer.separators.${named[value]}`) }))}
        onChange={(value) => change([value === null || value === "," ? { do: "remove", path: path("separator") } : { do: "set", path: path("separator"), value }], t("designer.separator"))} />
      <Stack gap="xs" justify="flex-end">
        {flag("bom", t("designer.bom"))}
        {flag("formula_guard", t("designer.guard"))}
      </Stack>
    </SimpleGrid>
  );
}
