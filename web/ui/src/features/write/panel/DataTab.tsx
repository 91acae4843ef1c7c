import { Select, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { schemaQuery } from "../../../api/schema-browser";
import { Failure } from "../../../components/Failure";
import { Waiting } from "../../../components/Waiting";
import { SchemaTree } from "../../../parts/code";
import { useDesk } from "../desk/DeskContext";

/** Tables and columns of a source; a press writes a name where somebody was writing. */
export function DataTab() {
  const { t } = useTranslation("write");
  const { sources, source: usual, handles, readOnly } = useDesk();
  const [chosen, setChosen] = useState<string>();
  const source = chosen ?? (sources.some(({ name }) => name === usual) ? usual : (sources[0]?.name ?? ""));
  const schema = useQuery({ ...schemaQuery(source), enabled: source !== "" });
  if (sources.length === 0) return <Text size="sm" c="dimmed">{t("data.none")}</Text>;
  const insert = (name: string) => {
    if (!handles.insert(name)) notifications.show({ message: t("data.nowhere") });
  };
  return (
    <Stack gap="xs">
      {sources.length > 1 && (
        <Select size="xs" label={t("data.source")} allowDeselect={false} value={source} data={sources.map(({ name }) => name)} onChange={(value) => setChosen(value ?? undefined)} />
      )}
      {schema.isPending && <Waiting />}
      {schema.isError && <Failure error={schema.error} retry={() => void schema.refetch()} />}
      {schema.data !== undefined && <SchemaTree schema={schema.data} onInsert={readOnly ? undefined : insert} />}
    </Stack>
  );
}
