import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { tryFieldOptions } from "../../../../api/forms";
import { useSentence } from "../../../../components/Failure";
import { useFormat } from "../../../../i18n/format";
import { SqlEditor } from "../../../../parts/code";
import { shownText, useDesigner } from "../DesignerContext";
import { type Declared, fieldPath } from "../fields";

const most = 10;

/** The query that options come from, and what it returns now. */
export function OptionQuery({ index, field, sql }: { index: number; field: Declared; sql: string }) {
  const { t } = useTranslation("write");
  const { change, text, report, fields, readOnly } = useDesigner();
  const sentence = useSentence();
  const tried = useMutation({
    mutationFn: () => tryFieldOptions(field.name, { document: text, report, values: {}, limit: most }, AbortSignal.timeout(60_000)),
  });
  const earlier = fields.slice(0, index).map(({ name, label, kind }) => ({ name, label, kind }));
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">{t("designer.queryHelp")}</Text>
      <SqlEditor label={t("designer.querySql")} value={shownText(sql)} readOnly={readOnly} minLines={2} lineNumbers={false} completions={{ fields: earlier }}
        onRun={() => tried.mutate()} onChange={(value) => change([{ do: "set", path: fieldPath(index, "options", "sql"), value }], t("designer.querySql"))} />
      <Group gap="sm">
        <Button size="compact-sm" variant="default" loading={tried.isPending} disabled={field.name === ""} onClick={() => tried.mutate()}>
          {t("designer.tryIt")}
        </Button>
        <Text size="sm" c={tried.isError ? "red" : "dimmed"} role="status">
          {tried.isError && sentence(tried.error)}
          {tried.isSuccess && <Count options={tried.data.options.length} more={tried.data.more} />}
        </Text>
      </Group>
      {tried.isSuccess && tried.data.options.length > 0 && (
        <Paper withBorder p="xs" component="ul" m={0} style={{ listStyle: "none" }}>
          {tried.data.options.map(({ value, label }) => (
            <Text key={value} component="li" size="sm">
              {label} {label !== value && <Text span size="xs" c="dimmed">{value}</Text>}
            </Text>
          ))}
        </Paper>
      )}
    </Stack>
  );
}

function Count({ options, more }: { options: number; more: boolean }) {
  const { t } = useTranslation("write");
  const format = useFormat();
  if (options === 0) return t("designer.triedNone");
  return t(more ? "designer.triedMore" : "designer.tried", { count: options, shown: format.number(options) });
}
