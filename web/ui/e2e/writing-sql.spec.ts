import { asked } from "./files.ts";
import { expect, picture, test } from "./journey.ts";
import { ok, people, signedIn } from "./people.ts";
import { makeReport, oneCell, slowly } from "./reports.ts";
import { deskOf, inOne, linesOf } from "./writing.ts";

const texts = {
  en: { completions: "Completions", stopped: "Stopped." },
  ru: { completions: "Подсказки", stopped: "Остановлено." },
} as const;

const fields = `  - {name: partner, label: Partner, type: select, kind: integer, required: true, default: 2, options: {sql: "SELECT id AS value, name AS label FROM partners"}}
  - {name: period, label: Period, type: input, kind: daterange, default: {from: 2025-11-01, to: 2025-11-30}}`;

for (const language of inOne("en")) {
  const t = texts[language];

  test(`tables, columns, functions, fields and snippets are offered while one types SQL (${language})`, async ({ as, url }) => {
    const snippet = `journey_${language}_${Date.now()}`;
    const writer = await signedIn(url, people.analyst.email);
    await ok(writer.put(`/api/v1/snippets/${snippet}`, { data: { sql: "SELECT id FROM users WHERE id > 0" } }));
    await writer.dispose();
    const { slug } = await makeReport(url, oneCell(`Completed ${language} ${Date.now()}`, "SELECT 1 AS one", fields));
    const page = await as("analyst", { language });
    const desk = deskOf(page, language, slug);
    await desk.open();
    const editor = desk.sql("rows");
    /** Types a beginning, sees what is offered, types on and takes it. */
    const take = async (begun: string, offered: string, on: string) => {
      await page.keyboard.type(begun);
      await expect(page.getByRole("listbox", { name: t.completions }).getByRole("option", { name: offered }).first()).toBeVisible();
      await page.keyboard.type(on, { delay: 60 });
      await expect(page.getByRole("listbox", { name: t.completions }).getByRole("option", { selected: true })).toContainText(offered);
    };
    await editor.click();
    await page.keyboard.press("Control+a");
    await take("SELECT 1 FROM ca", "cards", "rd");
    await picture(page, `write-completion-${language}`);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Home");
    for (let word = 0; word < "SELECT ".length; word++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Delete");
    await take("card_n", "card_number", "um");
    await page.keyboard.press("Enter");
    await take(", toStartOfMo", "toStartOfMonth", "nth");
    await page.keyboard.press("Enter");
    await page.keyboard.type("issued_on) AS month");
    await page.keyboard.press("End");
    await take("\nWHERE partner_id = {{ .p", "partner", "art");
    await page.keyboard.press("Enter");
    await page.keyboard.type(" ");
    await page.keyboard.press("End");
    await take(" AND user_id IN (journey_", snippet, snippet.slice("journey_".length));
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await take("\n  AND issued_on > {{ .period.", "from", "fro");
    await page.keyboard.press("Enter");
    await page.keyboard.type(" ");
    await page.keyboard.press("End");
    await page.keyboard.type(" LIMIT 3");
    await expect.poll(async () => (await linesOf(editor)).join("\n")).toBe(
      `SELECT card_number, toStartOfMonth(issued_on) AS month FROM cards\nWHERE partner_id = {{ .partner }} AND user_id IN ({{ snippet "${snippet}" }})\n  AND issued_on > {{ .period.from }} LIMIT 3`,
    );
    await editor.press("Control+Enter");
    await expect(page.getByRole("grid", { name: /rows/ }).getByText("2025-11-01").first()).toBeVisible();
  });

  test(`a slow trial is stopped, and its query with it (${language})`, async ({ as, url }) => {
    const title = `A trial to stop ${language} ${Date.now()}`;
    /** What the engine itself says of the query. */
    const going = () => asked(`SELECT count() FROM system.processes WHERE query LIKE '%${title}%' AND query NOT LIKE '%system.processes%'`)[0]![0];
    const { slug } = await makeReport(url, slowly(title));
    const page = await as("analyst", { language });
    const desk = deskOf(page, language, slug);
    await desk.open();
    await page.getByRole("button", { name: desk.t.run("rows") }).click();
    await expect.poll(going).toBe("1");
    await picture(page, `write-running-${language}`);
    await desk.cell("rows").getByRole("button", { name: desk.t.stop, exact: true }).click();
    await expect(page.getByText(t.stopped)).toBeVisible();
    await expect.poll(going).toBe("0");
    await page.getByRole("button", { name: desk.t.runAll }).click();
    await expect.poll(going).toBe("1");
    await expect(page.getByText(t.stopped)).toBeHidden();
    await page.getByRole("button", { name: desk.t.stop, exact: true }).first().click();
    await expect(page.getByText(t.stopped)).toBeVisible();
    await expect.poll(going).toBe("0");
    await expect(page.getByRole("button", { name: desk.t.runAll })).toBeVisible();
  });
}
