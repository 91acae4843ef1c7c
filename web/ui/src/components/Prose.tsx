import { Anchor, Code, Table, Title, Typography } from "@mantine/core";
import Markdown from "markdown-to-jsx";
import type { ComponentProps } from "react";

import { withoutComments } from "./comments";

const safe = /^(https?:|mailto:|\/(?!\/)|#)/i;

function Reference({ href, children }: ComponentProps<"a">) {
  if (href === undefined || !safe.test(href)) return <>{children}</>;
  const away = /^https?:/i.test(href);
  return (
    <Anchor href={href} inherit {...(away ? { target: "_blank", rel: "noreferrer" } : {})}>
      {children}
    </Anchor>
  );
}

/** The text of a picture stands for it: pages load nothing from elsewhere. */
function Picture({ alt }: ComponentProps<"img">) {
  return <>{alt}</>;
}

const heading = (order: 2 | 3 | 4 | 5) =>
  function Heading({ children }: ComponentProps<"h1">) {
    return (
      <Title order={order} mt="md" mb="xs" fz={`h${order + 1}`} lh={1.35}>
        {children}
      </Title>
    );
  };

const options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    h1: heading(2),
    h2: heading(3),
    h3: heading(4),
    h4: heading(5),
    a: Reference,
    img: Picture,
    code: Code,
    table: (props: ComponentProps<"table">) => (
      <Table.ScrollContainer minWidth={0}>
        <Table>{props.children}</Table>
      </Table.ScrollContainer>
    ),
  },
};

interface ProseProps {
  text: string;
  /** For those who write it: with its comments. */
  comments?: boolean;
}

/** Markdown of a report as text of the page. HTML in it is shown as it is written, but for comments; headings begin below the page's own. */
export function Prose({ text, comments = false }: ProseProps) {
  return (
    <Typography>
      <Markdown options={options}>{comments ? text : withoutComments(text)}</Markdown>
    </Typography>
  );
}
