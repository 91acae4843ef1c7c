import { Anchor, Box, Stack, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { Link } from "react-router";

import { paths } from "../paths";
import { Failure } from "./Failure";
import { Waiting } from "./Waiting";

interface UsedByProps<Use> {
  title: string;
  uses: UseQueryResult<{ items: Use[]; hidden: number }>;
  /** Tells of reports that use it too, and that the person may not see. */
  hidden: (count: number) => string;
  nobody: string;
  /** More about the use, beside or below the report's name. */
  about: (use: Use) => ReactNode;
}

/** The reports that use something. */
export function UsedBy<Use extends { report: { id: string; slug: string; title: string } }>({ title, uses, hidden, nobody, about }: UsedByProps<Use>) {
  const heading = useId();
  return (
    <Box component="section" aria-labelledby={heading}>
      <Title order={3} size="h5" mb="xs" id={heading}>
        {title}
      </Title>
      {uses.isPending && <Waiting />}
      {uses.isError && <Failure error={uses.error} retry={() => void uses.refetch()} />}
      {uses.isSuccess && (
        <Stack gap={6}>
          {uses.data.items.map((use) => (
            <div key={use.report.id}>
              <Anchor component={Link} to={paths.report(use.report.slug)}>
                {use.report.title}
              </Anchor>
              {about(use)}
            </div>
          ))}
          {uses.data.hidden > 0 && <Text size="sm" c="dimmed">{hidden(uses.data.hidden)}</Text>}
          {uses.data.items.length + uses.data.hidden === 0 && <Text c="dimmed">{nobody}</Text>}
        </Stack>
      )}
    </Box>
  );
}
