import { Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { sourcesQuery } from "../../api/sources";
import { Failure } from "../../components/Failure";
import { HelpLink } from "../../components/HelpLink";
import { Nothing } from "../../components/Nothing";
import { Page } from "../../components/Page";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";
import { SourceBrowser } from "./SourceBrowser";

/** What data there is to write reports on: sources, their tables, and what each table holds. */
export default function SchemaPage() {
  const { t } = useTranslation("schema");
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const sources = useQuery(sourcesQuery);
  const names = sources.data?.map((source) => source.name) ?? [];
  const asked = parameters.get("source");
  const source = asked ?? (names.includes("warehouse") ? "warehouse" : names[0]);
  const choose = names.length > 1 && (
    <Select aria-label={t("source")} data={names} value={source ?? null} allowDeselect={false} w={200}
      onChange={(name) => void navigate(paths.schema({ source: name ?? undefined }))} />
  );
  const about = (
    <Text span inherit>
      {t("about")} <HelpLink page="sources">{t("help")}</HelpLink>
    </Text>
  );
  return (
    <Page title={t("title")} about={about} actions={choose}>
      {sources.isPending && <Waiting />}
      {sources.isError && <Failure error={sources.error} retry={() => void sources.refetch()} />}
      {sources.isSuccess && source === undefined && <Nothing title={t("noSources")} text={t("noSourcesText")} />}
      {source !== undefined && sources.isSuccess && (
        <SourceBrowser key={source} source={source} database={parameters.get("database") ?? undefined} table={parameters.get("table") ?? undefined} />
      )}
    </Page>
  );
}
