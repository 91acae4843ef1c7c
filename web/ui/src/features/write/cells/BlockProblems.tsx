import { Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";

import type { PlacedProblem } from "../check/place";

/** Messages that no editor shows beside their line. */
export function BlockProblems({ problems = [] }: { problems?: PlacedProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <Stack gap={2} mt={6}>
      {problems.map((problem, n) => (
        <Group key={n} gap={6} wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={16} color="var(--mantine-color-error)" style={{ flex: "none", marginTop: 2 }} aria-hidden />
          <Text size="sm" c="var(--mantine-color-error)">{problem.message}</Text>
        </Group>
      ))}
    </Stack>
  );
}
