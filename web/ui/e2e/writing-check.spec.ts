import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Locator } from "@playwright/test";

import { expect, picture, test } from "./journey.ts";
import { makeReport, oneCell } from "./reports.ts";
import { binary } from "./service.ts";
import { deskOf, inOne } from "./writing.ts";

const texts = {
  en: { line: (line: number) => `Line ${line}`, none: "No problems.", settings: "Settings", chart: "Chart by_word" },
  ru: { line: (line: number) => `Строка ${line}`, none: "Ошибок нет.", settings: "Настройки", chart: "График by_word" },
} as const;

const mistaken = (title: string) => `---
title: ${title} {{ .wrod }}
form:
  - name: word
    label: Word
    typ: input
  - name: word
    type: select
exports:
  - {cells: [nothing], format: xlsx}
---
🦊 Слова: {{ .word }}, {{ .nobody }}.

\`\`\`sql rows
SELECT {{ .word }} AS word, '{{ .word }}' AS again
FROM {{ table "later" }}
\`\`\`

\`\`\`sql rows
SELECT {{ if .word }} 1
\`\`\`

\`\`\`chart by_word
type: pye
cell: rows
x: word
y: count()
\`\`\`
`;

interface Told {
  line: number;
  column: number;
  message: string;
}

/** What the command says of the document. */
function told(document: string): Told[] {
  const folder = mkdtempSync(join(tmpdir(), "vitrina-check-"));
  try {
    writeFileSync(join(folder, "report.md"), document);
    const { stdout } = spawnSync(binary, ["check", join(folder, "report.md")], { encoding: "utf8" });
    return stdout.split("\n").filter((line) => line !== "").map((line) => {
      const [, at, column, message] = /^.*?report\.md:(\d+):(\d+): (.*)$/.exec(line)!;
      return { line: Number(at), column: Number(column), message: message! };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Line and column of the cursor in an editor that has the focus. */
function cursorIn(editor: Locator): Promise<{ line: number; column: number }> {
  return editor.evaluate((element) => {
    const { focusNode, focusOffset } = window.getSelection()!;
    const lines = [...element.querySelectorAll(".cm-line")];
    const line = lines.find((one) => one.contains(focusNode));
    if (line === undefined) return { line: 0, column: 0 };
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(focusNode!, focusOffset);
    return { line: lines.indexOf(line) + 1, column: [...before.toString()].length + 1 };
  });
}

for (const language of inOne("ru")) {
  const t = texts[language];

  test(`mistakes are told as the command tells them, and each leads to its place (${language})`, async ({ as, url }) => {
    const title = `Mistaken ${language} ${Date.now()}`;
    const { slug } = await makeReport(url, oneCell(title, "SELECT 1 AS one"));
    const page = await as("analyst", { language, colorScheme: language === "ru" ? "dark" : "light" });
    const desk = deskOf(page, language, slug);
    await desk.open();
    await desk.tab("problems");
    const panel = page.getByRole("tabpanel");
    await expect(panel.getByText(t.none)).toBeVisible();
    expect(told(oneCell(title, "SELECT 1 AS one"))).toEqual([]);
    await desk.show("text");
    await desk.whole.fill(mistaken(title));
    const problems = told(mistaken(title));
    expect(problems.length).toBeGreaterThan(6);
    await expect(panel.getByRole("listitem")).toHaveText(problems.map(({ line, message }) => t.line(line) + message));
    await expect(page.getByRole("tab", { name: desk.t.problems })).toContainText(String(problems.length));
    for (const [at, { line, column }] of problems.entries()) {
      await panel.getByRole("listitem").nth(at).getByRole("button").click();
      await expect.poll(() => cursorIn(desk.whole)).toEqual({ line, column });
    }
    await picture(page, `write-mistakes-${language}`);

    await desk.show("cells");
    await panel.getByRole("listitem").first().getByRole("button").click();
    await expect(page.getByRole("textbox", { name: t.settings })).toBeFocused();
    await panel.getByRole("listitem").last().getByRole("button").click();
    await expect(page.getByRole("textbox", { name: t.chart })).toBeFocused();
    await picture(page, `write-mistakes-cells-${language}`);
    await desk.undo();
    await expect(panel.getByText(t.none)).toBeVisible();
  });
}
