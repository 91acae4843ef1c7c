import { accessible, expect, picture, test } from "./journey.ts";
import { makeReport } from "./reports.ts";

const fence = "```";
const cell = (name: string, rows: number) => `${fence}sql ${name}\nSELECT number AS n, '${name}' AS cell FROM numbers(${rows})\n${fence}\n`;
const chart = (name: string) => `${fence}chart ${name}\ntype: bar\ncell: first\nx: n\ny: n\ntitle: Chart ${name}\n${fence}\n`;

const document = (title: string) => `---
title: ${title}
form: [{name: word, label: Word, type: input, default: hello}]
exports: [{cells: [first, beside, alone, last], format: xlsx}]
---
# What it is for

The same for everybody.

For {{ .word }}.

## What came

{{ rows "first" }} rows came.

${cell("first", 50)}
${cell("helper", 1)}
${cell("beside", 3)}
Two charts of them.

${chart("one")}${chart("two")}
And a table by itself.

${cell("alone", 40)}
## Left out

${cell("hidden", 2)}
## The last

${cell("last", 30)}
The end.
`;

test("a result shows text, tables and charts where the report has them, and asks for rows when they come near", async ({ as, url }) => {
  const { slug } = await makeReport(url, document(`A notebook ${Date.now()}`));
  const page = await as("manager");
  const asked: string[] = [];
  page.on("request", (request) => {
    const found = /\/cells\/(\w+)\/rows/.exec(request.url());
    if (found !== null) asked.push(found[1]!);
  });
  await page.goto(`/r/${slug}`);
  await expect(page.getByText("For hello.")).toBeVisible();
  await expect(page.getByText("Two charts of them.")).toHaveCount(0);
  await page.getByRole("button", { name: "Run", exact: true }).click();

  const result = page.getByRole("region", { name: "Result" });
  const grid = (name: string) => result.getByRole("grid", { name: `Rows of ${name}` });
  await expect(grid("first")).toBeVisible();
  await expect(result.getByText("50 rows came.")).toBeVisible();
  await expect(page.getByText("The same for everybody.")).toHaveCount(1);
  await expect(page.getByText("For hello.")).toHaveCount(2);
  expect(asked).toEqual(["first"]);

  await result.getByText("The end.").scrollIntoViewIfNeeded();
  await expect(grid("last")).toBeVisible();
  await result.getByText("And a table by itself.").scrollIntoViewIfNeeded();
  await expect(grid("alone")).toBeVisible();
  await accessible(page);
  await picture(page, "notebook");
  const headings = result.getByRole("heading").or(result.getByRole("tab"));
  const shown = headings.or(result.getByRole("grid")).or(result.getByRole("figure"));
  for (const [at, name] of ["What came", "first 50", "beside 3", "Rows of first", "Chart one", "Chart two", "Rows of alone", "The last", "Rows of last"].entries()) {
    await expect(shown.nth(at)).toHaveAccessibleName(name);
  }
  await expect(shown).toHaveCount(9);
  await expect(result.getByText("alone", { exact: true }).first()).toBeVisible();

  await result.getByRole("tab", { name: /^beside/ }).click();
  await expect(grid("beside").getByRole("row")).toHaveCount(4);
  expect(asked.toSorted()).toEqual(["alone", "beside", "first", "last"]);
});
