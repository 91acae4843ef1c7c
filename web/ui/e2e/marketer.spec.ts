import { asked, csvRows, sheetRows, take } from "./files.ts";
import { accessible, expect, picture, test } from "./journey.ts";
import { makeReport } from "./reports.ts";

const texts = {
  en: {
    pasted: "Push to a pasted list", fromFile: "Push to a list from a file", users: "User numbers", cities: "Cities",
    counted: "40 found, 3 unknown, 1 repeated", found: "40 found", foundInFile: "3,000 found",
    showUnknown: "Show the unknown", removeUnknown: "Remove the unknown", file: "From a file", which: "Which column goes into User numbers?", heading: "The first row names the columns",
    takeColumn: "Take this column", column: "user", run: "Run", result: "Result", csv: /^Download CSV/, excel: /^Download Excel/, rowsInFile: "3,000 rows",
    runs: "Runs", about: "What was run, with its files and values.", done: "Done", fileOf: /^Download CSV: /,
    dropped: "No longer offered, so it was taken out: Казань.", balance: "10.50", chart: "Chart “Cards shown at the till, by hour”",
  },
  ru: {
    pasted: "Рассылка по списку", fromFile: "Рассылка по списку из файла", users: "Номера пользователей", cities: "Города",
    counted: "40 найдено, 3 не распознано, 1 повтор", found: "40 найдено", foundInFile: "3 000 найдено",
    showUnknown: "Показать нераспознанные", removeUnknown: "Убрать нераспознанные", file: "Из файла", which: "Какой столбец взять в поле «Номера пользователей»?", heading: "В первой строке названия столбцов",
    takeColumn: "Взять этот столбец", column: "пользователь", run: "Запустить", result: "Результат", csv: /^Скачать CSV/, excel: /^Скачать Excel/, rowsInFile: "3 000 строк",
    runs: "Запуски", about: "Что запускали, с файлами и значениями.", done: "Готово", fileOf: /^Скачать CSV: /,
    dropped: "Больше нельзя выбрать, поэтому убрано: Казань.", balance: "10,50", chart: "График «Cards shown at the till, by hour»",
  },
} as const;

for (const language of ["en", "ru"] as const) {
  const t = texts[language];

  const audience = (title: string) => `---
title: ${title}
form:
  - {name: users, label: ${t.users}, type: input, kind: list, of: integer, options: {sql: SELECT id AS value FROM users}}
  - {name: cities, label: ${t.cities}, type: checkbox, kind: integer, options: {sql: "SELECT id AS value, name AS label FROM cities ORDER BY name"}}
---
\`\`\`sql recipients
SELECT id, name, push_allowed FROM users WHERE id IN {{ .users }} {{ if .cities }}AND city_id IN {{ .cities }}{{ end }} ORDER BY id
\`\`\`
`;

  const recipients = (where: string) => [["id", "name", "push_allowed"], ...asked(`SELECT id, name, push_allowed FROM users WHERE ${where} ORDER BY id`)];

  test(`a marketer pastes a column, takes out what is unknown, gets the file and finds it among their runs (${language})`, async ({ as, url }) => {
    const title = `${t.pasted} ${Date.now()}`;
    const { slug } = await makeReport(url, audience(title));
    const known = asked("SELECT id FROM users ORDER BY id LIMIT 40").flat();
    const page = await as("marketer", { language });
    await page.goto(`/r/${slug}`);
    const users = page.getByRole("textbox", { name: t.users });
    await users.fill([...known, "999999999001", "999999999002", "nobody", known[0]].join("\n"));
    await expect(page.getByText(t.counted)).toBeVisible();
    await page.getByRole("button", { name: t.showUnknown }).click();
    await expect(page.getByText(/^nobody\s+999999999001\s+999999999002$/)).toBeVisible();
    await accessible(page);
    await picture(page, `pasted-list-${language}`);
    await page.getByRole("button", { name: t.removeUnknown }).click();
    await expect(users).toHaveValue(known.join("\n"));
    await expect(page.getByText(t.found, { exact: true })).toBeVisible();
    const cities = page.getByRole("textbox", { name: t.cities });
    for (const city of ["Москва", "Самара"]) {
      await cities.fill(city);
      await page.getByRole("option", { name: city, exact: true }).click();
    }
    await cities.press("Escape");

    await page.getByRole("button", { name: t.run, exact: true }).click();
    await expect(cities).toHaveValue("");
    const expected = recipients(`id IN (${known.join(", ")}) AND city_id IN (1, 9)`);
    expect(expected.length).toBeGreaterThan(5);
    const result = page.getByRole("region", { name: t.result });
    expect(csvRows(await take(page, result.getByRole("link", { name: t.csv })))).toEqual(expected);
    await picture(page, `recipients-${language}`);

    await page.getByRole("link", { name: t.runs, exact: true }).click();
    await expect(page.getByText(t.about)).toBeVisible();
    const mine = page.getByRole("row").filter({ hasText: title });
    await expect(mine.getByText(t.done)).toBeVisible();
    expect(csvRows(await take(page, mine.getByRole("link", { name: t.fileOf })))).toEqual(expected);
    await picture(page, `own-runs-${language}`);
    await mine.getByRole("link", { name: title, exact: true }).click();
    await expect(users).toHaveValue(known.join("\n"));
    await expect(result.getByRole("link", { name: t.csv })).toBeVisible();
  });

  test(`a marketer takes the list from a column of a file (${language})`, async ({ as, url }) => {
    const { slug } = await makeReport(url, audience(`${t.fromFile} ${Date.now()}`));
    const known = asked("SELECT id FROM users ORDER BY id DESC LIMIT 3000").flat();
    const page = await as("marketer", { language });
    await page.goto(`/r/${slug}`);
    const file = { name: "users.csv", mimeType: "text/csv", buffer: asExcelSaves(["name", t.column], known.map((id) => [`"Someone; ${id}"`, id])) };
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: t.file }).click()]);
    await chooser.setFiles(file);
    const dialog = page.getByRole("dialog", { name: t.which });
    await expect(dialog.getByRole("checkbox", { name: t.heading })).toBeChecked();
    await dialog.getByRole("radio", { name: t.column }).check();
    await picture(page, `column-of-file-${language}`);
    await dialog.getByRole("button", { name: t.takeColumn }).click();
    await expect(page.getByRole("textbox", { name: t.users })).toHaveValue(known.join("\n"));
    await expect(page.getByText(t.foundInFile)).toBeVisible();
    await page.getByRole("button", { name: t.run, exact: true }).click();
    const csv = page.getByRole("link", { name: t.csv });
    await expect(csv).toContainText(t.rowsInFile);
    await picture(page, `list-of-file-${language}`);
    expect(csvRows(await take(page, csv))).toEqual(recipients(`id >= ${known.at(-1)}`));
  });

  test(`options follow what was chosen before them (${language})`, async ({ as }) => {
    const page = await as("marketer", { language });
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
    await expect(page.getByText(t.dropped)).toBeVisible();
    await picture(page, `option-dropped-${language}`);
    await expect(city).toHaveValue("");
    await city.click();
    await expect(page.getByRole("option", { name: "Самара" })).toBeHidden();
    await page.getByRole("option", { name: "Челябинск" }).click();
    const active = page.getByRole("switch", { name: "Only people who opened the app in these days" });
    await active.press("Space");
    await expect(active).not.toBeChecked();
    await page.getByLabel("Points on the card, at least").fill(t.balance);
    await page.getByRole("button", { name: t.run, exact: true }).click();

    const result = page.getByRole("region", { name: t.result });
    await expect(result.getByRole("heading", { name: "Cards of Челябинск" })).toBeVisible();
    await expect(result.getByRole("img", { name: new RegExp(`^${t.chart}`) })).toBeVisible();
    await picture(page, `report-with-chart-${language}`);
    const [names, ...rows] = await sheetRows(await take(page, result.getByRole("link", { name: t.excel })), "cards");
    const shown = rows.map((row) => ["card_number", "city", "shown"].map((name) => row[names!.indexOf(name)]));
    expect(shown).toEqual(usedCards());
    expect(shown.length).toBeGreaterThan(10);
  });
}

/** Cards of Челябинск with 10.50 points or more that were shown at the till in the week of the report's own period. */
const usedCards = () => asked(`SELECT card_number, 'Челябинск', count() AS shown
  FROM cards INNER JOIN events ON events.user_id = cards.user_id AND events.partner_id = cards.partner_id
  WHERE city_id = 8 AND status = 'active' AND balance >= 10.5 AND issued_on <= '2025-10-19' AND event_name = 'barcode_shown'
    AND toDate(time, 'Europe/Moscow') BETWEEN '2025-10-13' AND '2025-10-19'
  GROUP BY cards.id, card_number ORDER BY shown DESC, cards.id`);

/** Where decimals are written with a comma, Excel saves CSV with semicolons, and in the old encoding of the language. */
function asExcelSaves(head: readonly string[], rows: string[][]): Buffer {
  const text = [head, ...rows].map((row) => row.join(";")).join("\r\n");
  return Buffer.from([...text].map((letter) => (/[А-я]/.test(letter) ? letter.charCodeAt(0) - 0x350 : letter.charCodeAt(0))));
}
