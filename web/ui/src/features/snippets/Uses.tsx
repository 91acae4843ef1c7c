import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { snippetUsesQuery } from "../../api/snippets";
import { UsedBy } from "../../components/UsedBy";

/** Which reports use a snippet, and what is wrong in them already. */
export function Uses({ name }: { name: string }) {
  const { t } = useTranslation("snippets");
  const uses = useQuery(snippetUsesQuery(name));
  return (
    <UsedBy title={t("uses")} uses={uses} hidden={(count) => t("hiddenUses", { count })} nobody={t("noUses")}
      about={({ problems }) =>
        problems.map((problem) => (
          <Text key={`${problem.line} ${problem.message}`} size="sm" c="red">
            {t("atLine", { line: problem.line })} {problem.message}
          </Text>
        ))
      } />
  );
}
