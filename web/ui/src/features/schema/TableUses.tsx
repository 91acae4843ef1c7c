import { Anchor, Box, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type TableAddress, tableUsesQuery } from "../../api/schema-browser";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";

/** Which reports read the table, and in which cells. */
export function TableUses({ address }: { address: TableAddress }) {
  const { t } = useTranslation("schema");
  const uses = useQuery(tableUsesQuery(address));
  return (
    <Box component="section" aria-labelledby="uses">
      <Title order={3} size="h5" mb="xs" id="uses">
        {t("uses")}
      </Title>
      {uses.isPending && <Waiting />}
      {uses.isError && <Failure error={uses.error} retry={() => void uses.refetch()} />}
      {uses.isSuccess && (
        <Stack gap={6}>
          {uses.data.items.map(({ report, cells }) => (
            <div key={report.id}>
              <Anchor component={Link} to={paths.report(report.slug)}>
                {report.title}
              </Anchor>
              {cells.length > 0 && (
                <Text span size="sm" c="dimmed" ff="monospace">
                  {" "}
                  {cells.join(", ")}
                </Text>
              )}
            </div>
          ))}
          {uses.data.hidden > 0 && <Text size="sm" c="dimmed">{t("hiddenUses", { count: uses.data.hidden })}</Text>}
          {uses.data.items.length + uses.data.hidden === 0 && <Text c="dimmed">{t("noUses")}</Text>}
        </Stack>
      )}
    </Box>
  );
}
