import { Card, SimpleGrid, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { sourceGrantsQuery } from "../../api/people";
import { sourcesQuery } from "../../api/sources";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { SourceRight } from "./SourceRight";

/** Who may write SQL for which database. Running reports needs no such right. */
export function SourceRights() {
  const { t } = useTranslation("people");
  const sources = useQuery(sourcesQuery);
  const grants = useQuery(sourceGrantsQuery);
  if (sources.isPending || grants.isPending) return <Waiting />;
  const failed = [sources, grants].find((query) => query.isError);
  if (failed || sources.data === undefined || grants.data === undefined) return <Failure error={failed?.error} />;
  return (
    <>
      <Text size="sm" c="dimmed" mb="md" maw={640}>{t("sourcesAbout")}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {sources.data.map((source) => (
          <Card key={source.name} component="li" withBorder padding="md">
            <Title order={2} size="h4" mb="xs">{source.name}</Title>
            <SourceRight source={source.name} grants={grants.data.filter((grant) => grant.source === source.name)} />
          </Card>
        ))}
      </SimpleGrid>
    </>
  );
}
