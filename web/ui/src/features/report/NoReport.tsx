import { Anchor, Button, Container, Group, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { hasCode } from "../../api/query";
import { type Report, useUndeleteReport } from "../../api/reports";
import { Failure } from "../../components/Failure";
import { useTitle } from "../../components/useTitle";
import { paths } from "../../paths";

/** Stands where a report is not to be had: why, and what can be done. */
export function NoReport({ report, error, retry }: { report?: Report; error?: Error; retry?: () => void }) {
  const { t } = useTranslation("report");
  const { t: general } = useTranslation();
  const undelete = useUndeleteReport();
  const hidden = hasCode(error, "not_found") || hasCode(error, "forbidden");
  useTitle(report?.title ?? t("title"));
  if (report === undefined && !hidden) return <Failure page error={error} retry={retry} />;
  return (
    <Container size="sm" py="xl">
      <Title order={1} size="h2" mb="xs">
        {report === undefined ? t("hidden.title") : t("deleted.title", { title: report.title })}
      </Title>
      <Text mb="md">{report === undefined ? t("hidden.text") : t("deleted.text")}</Text>
      {undelete.isError && <Failure error={undelete.error} />}
      <Group gap="md">
        {report !== undefined && (
          <Button loading={undelete.isPending} onClick={() => undelete.mutate(report.id)}>
            {t("deleted.undelete")}
          </Button>
        )}
        <Anchor component={Link} to={paths.home()}>
          {general("toHome")}
        </Anchor>
      </Group>
    </Container>
  );
}
