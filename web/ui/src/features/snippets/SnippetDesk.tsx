import { Alert, Anchor, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconArrowLeft, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { hasCode } from "../../api/query";
import { type Snippet, snippetQuery } from "../../api/snippets";
import { Ago } from "../../components/Ago";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";
import { CallButton } from "./CallButton";
import { DeleteButton } from "./DeleteButton";
import { History } from "./History";
import { saver } from "./saver";
import { SnippetForm } from "./SnippetForm";
import { Uses } from "./Uses";

/** One snippet: its SQL, what depends on it, and how it came to be. A name that is free begins a new one. */
export function SnippetDesk({ name, others }: { name: string; others: Snippet[] }) {
  const { t } = useTranslation("snippets");
  const snippet = useQuery(snippetQuery(name));
  const missing = hasCode(snippet.error, "not_found");
  if (snippet.isPending) return <Waiting />;
  if (snippet.isError && !missing) return <Failure error={snippet.error} retry={() => void snippet.refetch()} />;
  const kept = missing || snippet.data === undefined ? null : snippet.data;
  const there = kept !== null && kept.deleted === null;
  const locked = there && kept.provisioned !== "";
  return (
    <Stack component="section" aria-labelledby="snippet">
      <Anchor component={Link} to={paths.snippets()} size="sm" hiddenFrom="md">
        <Group gap={4}>
          <IconArrowLeft size={16} aria-hidden /> {t("all")}
        </Group>
      </Anchor>
      <Group justify="space-between" align="flex-start">
        <div style={{ flex: "1 1 240px", minWidth: 0 }}>
          <Title order={2} size="h3" ff="monospace" id="snippet">
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {there ? <>{t("revision", { number: kept.revision, author: saver(kept.author_name, t("fromFiles")) })} · <Ago at={kept.updated} /></> : kept === null ? t("fresh") : t("wasDeleted")}
          </Text>
        </div>
        <Group gap="xs">
          <CallButton name={name} />
          {there && !locked && <DeleteButton snippet={kept} />}
        </Group>
      </Group>
      {locked && (
        <Alert color="gray" icon={<IconLock aria-hidden />} title={t("locked")}>
          {t("lockedText", { folder: kept.provisioned })}
        </Alert>
      )}
      <SnippetForm name={name} kept={kept} locked={locked} others={others} />
      {kept !== null && (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" mt="md">
          {there && <Uses name={name} />}
          <History snippet={kept} locked={locked} />
        </SimpleGrid>
      )}
    </Stack>
  );
}
