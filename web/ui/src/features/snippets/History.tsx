import { Anchor, Button, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Snippet, snippetQuery, snippetRevisionsQuery, useSaveSnippet } from "../../api/snippets";
import { Ago } from "../../components/Ago";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { DiffView } from "../../parts/code";
import { saver } from "./saver";

/** Every save of a snippet; one can be looked at and made the current one again. */
export function History({ snippet, locked }: { snippet: Snippet; locked: boolean }) {
  const { t } = useTranslation("snippets");
  const revisions = useQuery(snippetRevisionsQuery(snippet.name));
  const [seen, setSeen] = useState<number>();
  return (
    <section aria-label={t("history")}>
      <Title order={3} size="h5" mb="xs">
        {t("history")}
      </Title>
      {revisions.isPending && <Waiting />}
      {revisions.isError && <Failure error={revisions.error} retry={() => void revisions.refetch()} />}
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
        {revisions.data?.map((revision) => (
          <li key={revision.revision}>
            <Anchor component="button" type="button" ta="start" onClick={() => setSeen(revision.revision)}>
              {revision.message === "" ? t("number", { number: revision.revision }) : revision.message}
            </Anchor>
            <Text size="sm" c="dimmed">
              {t("revision", { number: revision.revision, author: saver(revision.author_name, t("fromFiles")) })} · <Ago at={revision.updated} />
            </Text>
          </li>
        ))}
      </Stack>
      {seen !== undefined && <Former snippet={snippet} number={seen} locked={locked} onClose={() => setSeen(undefined)} />}
    </section>
  );
}

interface FormerProps {
  snippet: Snippet;
  number: number;
  locked: boolean;
  onClose: () => void;
}

function Former({ snippet, number, locked, onClose }: FormerProps) {
  const { t } = useTranslation("snippets");
  const { t: general } = useTranslation();
  const former = useQuery(snippetQuery(snippet.name, number));
  const save = useSaveSnippet();
  const gone = snippet.deleted !== null;
  const now = gone ? "" : snippet.sql;
  const restore = (sql: string) =>
    save.mutate({ name: snippet.name, sql, base: gone ? 0 : snippet.revision, message: t("restored", { number }) }, { onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} size="xl" title={t("number", { number })} closeButtonProps={{ "aria-label": general("close") }}>
      <Stack>
        {former.isPending && <Waiting />}
        {former.isError && <Failure error={former.error} />}
        {former.isSuccess && (
          <>
            <DiffView before={former.data.sql} after={now} labels={{ before: t("number", { number }), after: t("now") }} />
            {save.isError && <Failure error={save.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>{general("close")}</Button>
              {!locked && former.data.sql !== now && (
                <Button loading={save.isPending} onClick={() => restore(former.data.sql)}>{t("restore")}</Button>
              )}
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}
