import { Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Failure } from "../../../components/Failure";
import type { Checked } from "../check/useCheck";

/** All that is wrong with the document; a press goes to the line. */
export function ProblemsTab({ checked, onGo }: { checked: Checked; onGo: (line: number, column: number) => void }) {
  const { t } = useTranslation("write");
  if (checked.failure !== null) return <Failure error={checked.failure} />;
  if (checked.problems.length === 0) {
    return (
      <Group gap="xs" role="status">
        <IconCircleCheck size={18} color="var(--mantine-color-green-text)" aria-hidden />
        <Text size="sm">{checked.pending ? t("problems.checking") : t("problems.none")}</Text>
      </Group>
    );
  }
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {checked.problems.map((problem, n) => (
        <li key={n}>
          {problem.file === "report.md" ? (
            <UnstyledButton onClick={() => onGo(problem.line, problem.column)} w="100%" py={2}>
              <Text size="xs" c="dimmed" className="numbers">{t("problems.line", { line: problem.line })}</Text>
              <Text size="sm">{problem.message}</Text>
            </UnstyledButton>
          ) : (
            <>
              <Text size="xs" c="dimmed">{t("problems.file", { file: problem.file, line: problem.line })}</Text>
              <Text size="sm">{problem.message}</Text>
            </>
          )}
        </li>
      ))}
    </Stack>
  );
}
