import { Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Stands where a list is empty: says why, and offers what to do about it. */
export function Nothing({ title, text, action }: { title: string; text?: ReactNode; action?: ReactNode }) {
  return (
    <Paper withBorder p="xl" bg="var(--vitrina-surface)">
      <Stack align="center" gap="xs">
        <Text fw={600}>{title}</Text>
        {text !== undefined && (
          <Text c="dimmed" ta="center" maw={480}>
            {text}
          </Text>
        )}
        {action}
      </Stack>
    </Paper>
  );
}
