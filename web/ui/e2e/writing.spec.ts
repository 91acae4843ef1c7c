import { accessible, expect, picture, test } from "./journey.ts";
import { makeReport } from "./reports.ts";
import { deskOf, drag, endOf, inOne, languages, linesOf } from "./writing.ts";

/** Written by somebody with habits of their own. Everything in it means something, or must not. */
const awkward = `---
title:   "Awkward ✍ — TITLE"   # said twice
tags: [ a,b ,  "c d" ]
form:
    -   name: word      # indented oddly
        label: 'It''s a word'
        type: input
        default: "héllo 🦊"


    # stands apart
    - {name: n, type: input, kind: integer, default: 3,
       min: 1}
---

<!-- a remark 🙈 -->
Two spaces end this line  
and a tab	is here. 👩‍👩‍👧 and é.

\`\`\`\`text
\`\`\`sql no_cell
SELECT 'a sample'
\`\`\`
\`\`\`\`

~~~~sql   rows
SELECT {{ .word }} AS word, number AS n  -- spaces   

FROM numbers({{ .n }})
	WHERE word != 'a\`\`\` b'
~~~~
\`\`\`sql  second   source=workbench  
SELECT count() AS c FROM {{ table "rows" }}
\`\`\`
The end has no line break`;

const breaks = { "\n": "LF", "\r\n": "CRLF" } as const;

for (const language of languages) {
  // The one language writes with the breaks of Unix, the other with those of Windows.
  const newline = language === "en" ? "\n" : "\r\n";

  test(`both views change the same bytes, and no others, of a text with ${breaks[newline]} (${language})`, async ({ as, url }) => {
    const original = awkward.replace("TITLE", `${language} ${Date.now()}`).replaceAll("\n", newline);
    const { slug } = await makeReport(url, original);
    const page = await as("analyst", { language });
    const desk = deskOf(page, language, slug);
    await desk.open();
    await endOf(desk.sql("rows"), "WHERE word");
    await page.keyboard.type("\nLIMIT 2 -- ё");
    const first = original.replace("b'", `b'${newline}LIMIT 2 -- ё`);
    await desk.keeps(first);
    await desk.save(2);
    expect(await desk.document()).toBe(first);
    await desk.show("text");
    await desk.shows(first);
    await picture(page, `write-awkward-${language}`);

    await endOf(desk.whole, 'FROM {{ table "rows" }}');
    await page.keyboard.type(" LIMIT 1");
    const second = first.replace('"rows" }}', '"rows" }} LIMIT 1');
    await desk.keeps(second);
    await desk.shows(second);
    await desk.show("cells");
    await expect.poll(() => linesOf(desk.sql("second"))).toEqual(['SELECT count() AS c FROM {{ table "rows" }} LIMIT 1']);
    await page.getByRole("button", { name: desk.t.run("second") }).click();
    await expect(page.getByRole("grid", { name: /second/ }).getByText("2", { exact: true })).toBeVisible();
    await desk.save(3);
    expect(await desk.document()).toBe(second);
  });
}

const draggedHead = (title: string) => `---
title: ${title}
---
First words.
`;

const one = "```sql one\nSELECT 1 AS n\n```\n";
const two = "```sql  two  \nSELECT 2 AS n\n\n```\n";
const between = "<!-- between -->\nMiddle words.  \n";
const three = "~~~sql three\nSELECT 3 AS n\n~~~\n";
const four = "```sql four\nSELECT 4 AS n\n```"; // ends the text without a line break

const dragged = {
  en: { text: "Text", taken: "SQL cell three taken.", place: (place: number) => `SQL cell three is at place ${place} of 6.`, down: "SQL cell three put down at place 4 of 6.", stays: "SQL cell three stays where it was." },
  ru: { text: "Текст", taken: "Взято: Ячейка SQL three.", place: (place: number) => `Ячейка SQL three: место ${place} из 6.`, down: "Ячейка SQL three: теперь на месте 4 из 6.", stays: "Ячейка SQL three: на прежнем месте." },
} as const;

for (const language of inOne("ru")) {
  test(`cells are dragged with the mouse and moved with the keyboard, and nothing else moves (${language})`, async ({ as, url }) => {
    const t = dragged[language];
    const head = draggedHead(`Dragged ${language} ${Date.now()}`);
    const original = `${head}\n${one}\n\n${two}\n${between}\n${three}\n${four}`;
    const { slug } = await makeReport(url, original);
    const page = await as("analyst", { language });
    const desk = deskOf(page, language, slug);
    await desk.open();
    const handle = (name: string) => page.getByRole("button", { name: desk.t.move(desk.t.cell(name)), exact: true });
    await expect(handle("three")).toBeVisible();
    await drag(page, handle("one"), handle("two"));
    const byMouse = `${head}\n\n${two}\n${one}\n${between}\n${three}\n${four}`;
    await desk.keeps(byMouse);

    const told = page.getByRole("status");
    await handle("three").focus();
    await page.keyboard.press("Space");
    await expect(told.getByText(t.taken).or(told.getByText(t.place(5)))).toHaveCount(1);
    await page.keyboard.press("ArrowUp");
    await expect(told.getByText(t.place(4))).toHaveCount(1);
    if (language === "en") await accessible(page);
    await picture(page, `write-moving-${language}`);
    await page.keyboard.press("Space");
    await expect(told.getByText(t.down)).toHaveCount(1);
    const byKeys = `${head}\n\n${two}\n${one}\n${three}\n${between}\n${four}`;
    await desk.keeps(byKeys);
    await expect(handle("three")).toBeFocused();
    await page.keyboard.press("Space");
    await expect(told.getByText(t.taken).or(told.getByText(t.place(4)))).toHaveCount(1);
    await page.keyboard.press("ArrowDown");
    await expect(told.getByText(t.place(5))).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(told.getByText(t.stays)).toHaveCount(1);

    await desk.show("text");
    await desk.shows(byKeys);
    await desk.undo();
    await desk.shows(byMouse);
    await desk.undo();
    await desk.shows(original);
    await expect(page.getByRole("button", { name: desk.t.undo, exact: true })).toBeDisabled();
    await desk.keeps(original);
  });
}
