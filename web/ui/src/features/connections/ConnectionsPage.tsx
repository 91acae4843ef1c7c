import { Button, SimpleGrid, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Source, sourcesQuery } from "../../api/sources";
import { Failure } from "../../components/Failure";
import { HelpLink } from "../../components/HelpLink";
import { Page } from "../../components/Page";
import { Waiting } from "../../components/Waiting";
import { SourceCard } from "./SourceCard";
import { SourceDialog } from "./SourceDialog";

/** The databases that reports run on. */
export default function ConnectionsPage() {
  const { t } = useTranslation("connections");
  const sources = useQuery(sourcesQuery);
  const [open, setOpen] = useState<{ source: Source | null } | null>(null);
  return (
    <Page title={t("title")} about={<>{t("about")} <HelpLink page="configuration">{t("help")}</HelpLink></>}
      actions={<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ source: null })}>{t("connect")}</Button>}>
      {sources.isPending && <Waiting />}
      {sources.isError && <Failure error={sources.error} retry={() => void sources.refetch()} />}
      {sources.data && (
        <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {sources.data.map((source) => (
            <SourceCard key={source.name} source={source} onChange={() => setOpen({ source })} />
          ))}
        </SimpleGrid>
      )}
      {sources.data?.every((source) => source.configured) && (
        <Text c="dimmed" size="sm" mt="lg" maw={640}>{t("onlyBuiltIn")}</Text>
      )}
      {open !== null && <SourceDialog source={open.source} onClose={() => setOpen(null)} />}
    </Page>
  );
}
