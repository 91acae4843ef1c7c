import { csvRows, take } from "./files.ts";
import { expect, test } from "./journey.ts";
import { makeReport, oneCell } from "./reports.ts";

const form = "  - {name: word, label: Word, type: input, required: true}\n  - {name: count, label: How many, type: input, kind: integer, default: 3}";

test("two people fill in one report at once, and each gets what they asked for", async ({ as, url }) => {
  const title = `For two at once ${Date.now()}`;
  const { slug } = await makeReport(url, oneCell(title, "SELECT {{ .word }} AS word, number FROM numbers(toUInt64({{ .count }}))", form));
  const [mine, theirs] = [await as("manager"), await as("marketer")];
  await Promise.all([mine, theirs].map((page) => page.goto(`/r/${slug}`)));
  await mine.getByRole("textbox", { name: "Word" }).fill("mine");
  await theirs.getByRole("textbox", { name: "Word" }).fill("theirs");
  await theirs.getByRole("textbox", { name: "How many" }).fill("5");
  await Promise.all([mine, theirs].map((page) => page.getByRole("button", { name: "Run", exact: true }).click()));
  const files = await Promise.all([mine, theirs].map(async (page) => csvRows(await take(page, page.getByRole("link", { name: /^Download CSV/ })))));
  expect(files[0]!.slice(1)).toEqual([0, 1, 2].map((n) => ["mine", String(n)]));
  expect(files[1]!.slice(1)).toEqual([0, 1, 2, 3, 4].map((n) => ["theirs", String(n)]));
  await Promise.all([mine, theirs].map((page) => page.reload()));
  await expect(mine.getByRole("textbox", { name: "Word" })).toHaveValue("mine");
  await expect(theirs.getByRole("textbox", { name: "Word" })).toHaveValue("theirs");
  await expect(mine.getByRole("grid").getByText("mine").first()).toBeVisible();
  await expect(theirs.getByRole("grid").getByText("theirs").first()).toBeVisible();
  await theirs.goto("/runs");
  await expect(theirs.getByRole("row").filter({ hasText: title })).toHaveCount(1);
});

test("a colleague opens the address of a run and sees the same values and rows", async ({ as, url }) => {
  const { slug } = await makeReport(url, oneCell("To show a colleague", "SELECT {{ .word }} AS word, number FROM numbers(toUInt64({{ .count }}))", form));
  const mine = await as("manager");
  await mine.goto(`/r/${slug}`);
  await mine.getByRole("textbox", { name: "Word" }).fill("shown");
  await mine.getByRole("button", { name: "Run", exact: true }).click();
  await expect(mine.getByRole("link", { name: /^Download CSV/ })).toBeVisible();
  const theirs = await as("analyst");
  await theirs.goto(mine.url());
  await expect(theirs.getByRole("textbox", { name: "Word" })).toHaveValue("shown");
  await expect(theirs.getByText(/^Run by (Misha|misha)/)).toBeVisible();
  await expect(theirs.getByRole("grid").getByText("shown").first()).toBeVisible();
});
