import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconCheck, IconCopy, IconFilePlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { createDraft, draftsQuery } from "../../api/drafts";
import type { SchemaTable, SourceSchema } from "../../api/schema-browser";
import { CopyText } from "../../components/CopyText";
import { useSentence } from "../../components/Failure";
import { paths } from "../../paths";
import { documentOn, nameIn } from "./starting";

/** Copies the table's name as SQL takes it; begins a report on it. */
export function TableActions({ schema, table }: { schema: SourceSchema; table: SchemaTable }) {
  const { t } = useTranslation("schema");
  const { t: general } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const sentence = useSentence();
  const begin = useMutation({
    mutationFn: () => createDraft({ document: documentOn(schema, table, t("documentTitle", { table: table.name })) }),
    onSuccess: async (draft) => {
      await client.invalidateQueries({ queryKey: draftsQuery.queryKey });
      await navigate(paths.writeNew({ draft: draft.id }));
    },
    onError: (error) => notifications.show({ color: "red", message: sentence(error) }),
  });
  return (
    <Group gap="xs">
      <CopyText text={nameIn(schema, table)}>
        {(copied, copy) => (
          <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}>
            {copied ? general("copied") : t("copyName")}
          </Button>
        )}
      </CopyText>
      <Button leftSection={<IconFilePlus size={18} aria-hidden />} loading={begin.isPending} onClick={() => begin.mutate()}>
        {t("write")}
      </Button>
    </Group>
  );
}
