import { MantineProvider } from "@mantine/core";
import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import cases from "../../../../templates/testdata/markdown.json";
import { Prose } from "./Prose";

const marks: Record<string, string> = { "- ": "li", "1. ": "li", "> ": "blockquote", "## ": "h3" };

/** Marks at the beginning of a text that make it a heading or an item of something. */
const block = /^(#+|-|\d+\.|>) /;

function shown(text: string): HTMLElement {
  return render(<Prose text={text} />, { wrapper: MantineProvider }).container.querySelector(".mantine-Typography-root")!;
}

describe("a value in a report's prose", () => {
  for (const { before, value, after, rendered } of cases) {
    it(`is seen as it is: ${JSON.stringify(before + value)}`, () => {
      const element = shown(rendered);
      const words = (text: string) => text.replace(/\s+/g, " ").trim();
      expect(words(element.textContent)).toBe(words(before.replace(block, "") + value + after));
      const marked = [...element.querySelectorAll("a, em, strong, code, h2, h3, h4, li, blockquote, del, mark, table, pre, hr, input, img")];
      expect(marked.map(({ localName }) => localName)).toEqual(block.test(before) ? [marks[before]] : []);
    });
  }
});

describe("prose", () => {
  it("is Markdown where the report has some", () => {
    const element = shown("# Cards\n\n*all* [of them](/r/cards)\n\n- one\n\n<!-- for us -->");
    expect([...element.querySelectorAll("h2, em, a, li")].map(({ textContent }) => textContent)).toEqual(["Cards", "all", "of them", "one"]);
    expect(element.textContent).not.toContain("for us");
  });
});
