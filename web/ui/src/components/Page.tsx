import { Box, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTitle } from "./useTitle";

interface PageProps {
  title: string;
  /** Under the title: what the page is for, in a sentence. */
  about?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** How wide the content may grow; pages with tables take all there is. */
  width?: "text" | "form" | "full";
  children: ReactNode;
}

const widths = { text: 760, form: 1080, full: undefined };

/** Every page begins with this: its only h1, which is also the title of the tab. */
export function Page({ title, about, actions, width = "full", children }: PageProps) {
  useTitle(title);
  return (
    <Box maw={widths[width]} mx={width === "full" ? undefined : "auto"}>
      <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
        <Box style={{ flex: "1 1 320px", minWidth: 0 }}>
          <Title order={1} size="h2">
            {title}
          </Title>
          {about !== undefined && (
            <Text c="dimmed" mt={4} component="div">
              {about}
            </Text>
          )}
        </Box>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}
