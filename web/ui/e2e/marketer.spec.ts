import { asked } from "./files.ts";
import { accessible, expect, picture, test } from "./journey.ts";
import { makeReport } from "./reports.ts";

const audience = `---
title: Push to users of cities
form:
  - {name: users, label: User numbers, type: input, kind: list, of: integer, options: {sql: SELECT id AS value FROM users}}
  - {name: cities, label: Cities, type: checkbox, kind: integer, options: {sql: "SELECT id AS value, name AS label FROM cities ORDER BY name"}}
---
\`\`\`sql recipients
SELECT id FROM users WHERE id IN {{ .users }} {{ if .cities }}AND city_id IN {{ .cities }}{{ end }} ORDER BY id
\`\`\`
`;

test("a marketer pastes a column, sees what is known of it, and takes out the rest", async ({ as, url }) => {
  const { slug } = await makeReport(url, audience);
  const known = asked("SELECT id FROM users ORDER BY id LIMIT 40").flat();
  const page = await as("marketer");
  await page.goto(`/r/${slug}`);
  const users = page.getByRole("textbox", { name: "User numbers" });
  await users.fill([...known, "999999999001", "999999999002", "nobody", known[0]].join("\n"));
  await expect(page.getByText("40 found, 3 unknown, 1 repeated")).toBeVisible();
  await page.getByRole("button", { name: "Show the unknown" }).click();
  await expect(page.getByText(/^nobody\s+999999999001\s+999999999002$/)).toBeVisible();
  await accessible(page);
  await picture(page, "pasted-list");
  await page.getByRole("button", { name: "Remove the unknown" }).click();
  await expect(users).toHaveValue(known.join("\n"));
  await expect(page.getByText("40 found", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("link", { name: /^Download CSV/ })).toContainText("40 rows");
});

test("a marketer takes the list from a column of a file", async ({ as, url }) => {
  const { slug } = await makeReport(url, audience);
  const known = asked("SELECT id FROM users ORDER BY id DESC LIMIT 3000").flat();
  const page = await as("marketer", { language: "ru" });
  await page.goto(`/r/${slug}`);
  const file = { name: "users.csv", mimeType: "text/csv", buffer: Buffer.from(`name;user\n${known.map((id) => `"Someone; ${id}";${id}`).join("\n")}\n`) };
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Из файла" }).first().click()]);
  await chooser.setFiles(file);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("checkbox", { name: "В первой строке названия столбцов" })).toBeChecked();
  await dialog.getByRole("radio", { name: "user" }).check();
  await picture(page, "column-of-file-ru");
  await dialog.getByRole("button", { name: "Взять этот столбец" }).click();
  await expect(page.getByText("3 000 найдено")).toBeVisible();
  await page.getByRole("button", { name: "Запустить", exact: true }).click();
  await expect(page.getByRole("link", { name: /^Скачать CSV/ })).toContainText("3 000 строк");
});

test("options follow what was chosen before them", async ({ as }) => {
  const page = await as("marketer");
  await page.goto("/r/card-activity");
  const region = page.getByRole("textbox", { name: "Region" });
  const city = page.getByRole("textbox", { name: "City" });
  await city.click();
  await expect(page.getByRole("option", { name: "Самара" })).toBeVisible();
  await expect(page.getByRole("option", { name: "Челябинск" })).toBeHidden();
  await page.getByRole("option", { name: "Казань" }).click();
  await expect(city).toHaveValue("Казань");
  await region.click();
  await page.getByRole("option", { name: "Urals" }).click();
  await expect(page.getByText("No longer offered, so it was taken out: Казань.")).toBeVisible();
  await expect(city).toHaveValue("");
  await city.click();
  await expect(page.getByRole("option", { name: "Самара" })).toBeHidden();
  await page.getByRole("option", { name: "Челябинск" }).click();
  await page.getByRole("switch", { name: /Only people who opened/ }).uncheck({ force: true });
  await page.getByLabel("Points on the card, at least").fill("10.50");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Cards of Челябинск" }).last()).toBeVisible();
  await expect(page.getByRole("link", { name: /^Download Excel/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /Chart “Cards shown at the till, by hour”/ })).toBeVisible();
  await picture(page, "report-with-chart");
});
