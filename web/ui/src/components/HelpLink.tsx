import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";

import { paths } from "../paths";

/** A way to the page of the documentation that explains what is shown here; it opens beside the work. */
export function HelpLink({ page, anchor, children }: { page: string; anchor?: string; children: ReactNode }) {
  return (
    <Anchor inherit underline="always" href={paths.help(page, anchor)} target="_blank" rel="noreferrer">
      {children}
    </Anchor>
  );
}
