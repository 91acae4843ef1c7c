import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { snippetUsesQuery } from "../../api/snippets";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";

/** Which reports use a snippet, and what is wrong in them already. */
export function Uses({ name }: { name: string }) {
  const { t } = useTranslation("snippets");
  const uses = useQuery(snippetUsesQuery(name));
  return (
    <section aria-label={t("uses")}>
      <Title order={3} size="h5" mb="xs">
        {t("uses")}
      </Title>
      {uses.isPending && <Waiting />}
      {uses.isError && <Failure error={uses.error} retry={() => void uses.refetch()} />}
      {uses.isSuccess && (
        <Stack gap={6}>
          {uses.data.items.map(({ report, problems }) => (
            <div key={report.id}>
              <Anchor component={Link} to={paths.report(report.slug)}>
                {report.title}
              </Anchor>
              {problems.map((problem) => (
                <Text key={`${problem.line} ${problem.message}`} size="sm" c="red">
                  {t("atLine", { line: problem.line })} {problem.message}
                </Text>
              ))}
            </div>
          ))}
          {uses.data.hidden > 0 && <Text c="dimmed" size="sm">{t("hiddenUses", { count: uses.data.hidden })}</Text>}
          {uses.data.items.length + uses.data.hidden === 0 && <Text c="dimmed">{t("noUses")}</Text>}
        </Stack>
      )}
    </section>
  );
}
