import { Stack, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { DocumentProblem } from "../../../api/documents";

interface ProblemListProps {
  problems: DocumentProblem[];
  onGo: (line: number, column: number) => void;
}

/** Problems with their lines; a press goes there. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  const { t } = useTranslation("write");
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {problems.map((problem, n) => (
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
