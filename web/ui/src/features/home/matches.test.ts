import { describe, expect, it } from "vitest";

import { fieldsFound, stretchesOf, wordsOf } from "./matches";

const marked = (text: string, search: string) =>
  stretchesOf(text, wordsOf(search)).map(({ text: part, hit }) => (hit ? `[${part}]` : part)).join("");

describe("what was sought is marked", () => {
  it("wherever a word is, in any case", () => {
    expect(marked("Cards of a partner, by card", "CARD")).toBe("[Card]s of a partner, by [card]");
  });

  it("each word for itself, and overlapping ones as one", () => {
    expect(marked("Loyalty cards", "card loyal")).toBe("[Loyal]ty [card]s");
    expect(marked("banana", "ana nan")).toBe("b[anana]");
  });

  it("without minding accents, and in the letters as they were written", () => {
    expect(marked("Расчёт комиссий", "расчет")).toBe("[Расчёт] комиссий");
    expect(marked("Café ☕ naïve", "naive cafe")).toBe("[Café] ☕ [naïve]");
  });

  it("when one letter folds to several or one sign is two units", () => {
    expect(marked("ﬁle 😀 file", "file")).toBe("[ﬁle] 😀 [file]");
    expect(marked("ﬁle", "i")).toBe("[ﬁ]le");
  });

  it("not at all for an empty search or characters of a pattern", () => {
    expect(marked("50 % (net)", "  ")).toBe("50 % (net)");
    expect(marked("50 % (net)", "( .")).toBe("50 % [(]net)");
  });
});

describe("fields that were found", () => {
  const fields = ["partner", "Partner", "numbers", "Only these cards", "top"];

  it("are told by their labels", () => {
    expect(fieldsFound(["Fees"], fields, wordsOf("numbers"))).toEqual(["Only these cards"]);
    expect(fieldsFound(["Fees"], fields, wordsOf("top"))).toEqual(["top"]);
  });

  it("are left out when what was sought is seen elsewhere", () => {
    expect(fieldsFound(["Fees of the partners"], fields, wordsOf("partner"))).toEqual([]);
  });
});
