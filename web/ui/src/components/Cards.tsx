import { Stack } from "@mantine/core";
import type { ReactNode } from "react";

/** A list of cards, each a list item, where a table does not fit. */
export function Cards({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }} aria-label={label}>
      {children}
    </Stack>
  );
}
