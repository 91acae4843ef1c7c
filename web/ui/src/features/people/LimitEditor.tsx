import { ActionIcon, Button, Fieldset, Group, TagsInput, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Limits } from "../../api/people";

interface Line {
  field: string;
  values: string[];
}

/** Lines without a field's name or without values limit nothing and are not kept. */
function limitsOf(lines: Line[]): Limits {
  return Object.fromEntries(lines.filter(({ field, values }) => field.trim() !== "" && values.length > 0).map(({ field, values }) => [field.trim(), values]));
}

/** Which values of a field the people of a group may choose. */
export function LimitEditor({ limits, onChange }: { limits: Limits; onChange: (limits: Limits) => void }) {
  const { t } = useTranslation("people");
  const [lines, setLines] = useState<Line[]>(() => Object.entries(limits).map(([field, values]) => ({ field, values })));
  const set = (changed: Line[]) => {
    setLines(changed);
    onChange(limitsOf(changed));
  };
  const setLine = (index: number, change: Partial<Line>) => set(lines.map((line, i) => (i === index ? { ...line, ...change } : line)));
  return (
    <Fieldset legend={t("limits")}>
      <Text size="sm" c="dimmed" mb="sm">{t("limitsAbout")}</Text>
      {lines.map((line, index) => (
        <Group key={index} gap="xs" mb="xs" align="flex-end" wrap="nowrap">
          <TextInput label={t("field")} w={150} value={line.field} spellCheck={false} onChange={(event) => setLine(index, { field: event.currentTarget.value })} />
          <TagsInput label={t("values")} style={{ flex: 1, minWidth: 0 }} value={line.values} splitChars={[",", ";", "\t", "\n"]} acceptValueOnBlur
            onChange={(values) => setLine(index, { values })} />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("removeLimit", { field: line.field })} onClick={() => set(lines.filter((_, i) => i !== index))}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setLines([...lines, { field: "", values: [] }])}>
        {t("addLimit")}
      </Button>
    </Fieldset>
  );
}
