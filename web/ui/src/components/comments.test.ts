import { describe, expect, it } from "vitest";

import { withoutComments } from "./comments";

describe("Markdown without comments", () => {
  it("has none, on one line or on several", () => {
    expect(withoutComments("a <!-- b -->c\n<!--\nd\n-->\ne <!---->f")).toBe("a c\n\ne f");
  });

  it("keeps those in code", () => {
    for (const text of ["`<!-- a -->`", "``a ` <!-- b -->``", "```html\n<!-- a -->\n```\n", "~~~\n<!-- a -->\n~~~", "```\n<!-- never closed -->\n"]) expect(withoutComments(text)).toBe(text);
  });

  it("goes on after code", () => {
    expect(withoutComments("```\n<!-- a -->\n```\n<!-- b -->c")).toBe("```\n<!-- a -->\n```\nc");
    expect(withoutComments("`a` <!-- b --> `c`")).toBe("`a`  `c`");
  });

  it("leaves a comment that does not end", () => {
    expect(withoutComments("a <!-- b")).toBe("a <!-- b");
  });

  it("takes no long time over rubbish", () => {
    const started = performance.now();
    withoutComments("`".repeat(2000) + "<!--".repeat(5000) + "```\n".repeat(2000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
