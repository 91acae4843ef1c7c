import { asked, csvRows, sheetRows, shownRows, take } from "./files.ts";
import { accessible, expect, picture, test } from "./journey.ts";
import { password, people } from "./people.ts";
import { makeReport, oneCell } from "./reports.ts";

const texts = {
  en: {
    email: "Email", password: /^Password/, signIn: "Sign in", reports: "Reports", find: "Find a report", found: "1 report found", choose: "Type to find",
    first: "Issued between: first day", last: "Issued between: last day", wrongDays: /cannot be from 2025-11-03 to 2025-11-01/i, mend: "One thing to mend before the report can run",
    all: "Select all", numbers: "Only these cards", counted: "25 found, 1 unknown, 1 repeated", run: "Run", result: "Result", excel: /^Download Excel/, csv: /^Download CSV/,
    rows: "Rows of cards", written: (day: number) => `2025-11-0${day}`, again: "Run again with these values", favourite: "Favourite", favourites: "Favourites",
    recent: "Recently run by you", runs: "Runs", done: "Done",
  },
  ru: {
    email: "Эл. почта", password: /^Пароль/, signIn: "Войти", reports: "Отчёты", find: "Найти отчёт", found: "Найден 1 отчёт", choose: "Начните вводить",
    first: "Issued between: первый день", last: "Issued between: последний день", wrongDays: /не может быть позже последнего/, mend: "Исправьте поле, чтобы запустить отчёт",
    all: "Выбрать все", numbers: "Only these cards", counted: "25 найдено, 1 не распознано, 1 повтор", run: "Запустить", result: "Результат", excel: /^Скачать Excel/, csv: /^Скачать CSV/,
    rows: "Строки: cards", written: (day: number) => `0${day}.11.2025`, again: "Повторить с этими значениями", favourite: "Избранное", favourites: "Избранное",
    recent: "Ваши последние запуски", runs: "Запуски", done: "Готово",
  },
} as const;

const personOf = { en: people.manager, ru: people.marketer } as const;

for (const language of ["en", "ru"] as const) {
  const t = texts[language];

  test(`an account manager finds a report, fills it in, mends a mistake and takes the file (${language})`, async ({ as }) => {
    const page = await as(null, { language });
    await page.goto("/");
    await page.getByLabel(t.email).fill(personOf[language].email);
    await page.getByLabel(t.password).fill(password);
    await page.getByRole("button", { name: t.signIn }).click();

    await page.getByRole("combobox", { name: t.find }).fill("loyal partn");
    await expect(page.getByText(t.found)).toBeVisible();
    await expect(page.getByRole("option", { name: /Loyalty cards of a partner/ })).toBeVisible();
    await picture(page, `search-${language}`);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Loyalty cards of a partner", level: 1 })).toBeVisible();

    const name = asked("SELECT name FROM partners WHERE id = 2")[0]![0]!;
    await page.getByRole("textbox", { name: "Partner" }).fill(name);
    await page.getByRole("option", { name, exact: true }).click();
    await page.getByLabel(t.first).fill(t.written(3));
    await page.getByLabel(t.last).fill(t.written(1));
    await page.getByRole("button", { name: t.all }).click();
    const numbers = asked("SELECT card_number FROM cards WHERE partner_id = 2 AND issued_on BETWEEN '2025-11-03' AND '2025-11-09' ORDER BY id LIMIT 25").flat();
    await page.getByRole("textbox", { name: t.numbers }).fill([...numbers, "no such card", numbers[0]].join("\n"));
    await expect(page.getByText(t.counted)).toBeVisible();

    await page.getByRole("button", { name: t.run, exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: t.mend })).toBeVisible();
    await expect(page.getByRole("group", { name: "Issued between" }).getByText(t.wrongDays)).toBeVisible();
    await expect(page.getByLabel(t.first)).toBeFocused();
    if (language === "en") await accessible(page);
    await picture(page, `report-mistake-${language}`);
    await page.getByLabel(t.last).fill(t.written(9));
    await page.getByRole("button", { name: t.run, exact: true }).click();

    const result = page.getByRole("region", { name: t.result });
    await expect(result.getByRole("link", { name: t.excel })).toBeVisible();
    await expect(page).toHaveURL(/\/r\/partner-cards\?run=/);
    if (language === "ru") await accessible(page);
    await picture(page, `report-result-${language}`);
    const csv = await take(page, result.getByRole("link", { name: t.csv }));
    const xlsx = await take(page, result.getByRole("link", { name: t.excel }));
    expect(csv.name).toMatch(/2025-11-03 2025-11-09\.csv$/);

    const expected = asked(
      `SELECT card_number, barcode, kind, status, issued_on, dictGet('cities', 'name', city_id), balance, user_id FROM cards WHERE card_number IN (${numbers
        .map((number) => `'${number}'`)
        .join(", ")}) AND partner_id = 2 AND issued_on BETWEEN '2025-11-03' AND '2025-11-09' ORDER BY card_number`,
    );
    expect(expected.length).toBe(25);
    const [head, ...records] = csvRows(csv);
    expect(head).toEqual(["card_number", "barcode", "kind", "status", "issued_on", "city", "balance", "user_id"]);
    expect(records.map(comparable)).toEqual(expected.map(comparable));
    const [names, ...cells] = await sheetRows(xlsx, "cards");
    expect(names).toEqual(head);
    expect(cells.map(comparable)).toEqual(expected.map(comparable));
    const inOrder = result.getByRole("heading").or(result.getByRole("grid")).or(result.getByRole("figure"));
    await expect(inOrder.nth(0)).toHaveText(`Cards of ${name}`);
    await expect(inOrder.nth(1)).toHaveAccessibleName(t.rows);
    await expect(inOrder.nth(2)).toHaveText("Day by day");
    await expect(inOrder.nth(3)).toHaveAccessibleName("Cards a day");
    await page.getByRole("grid", { name: t.rows }).scrollIntoViewIfNeeded();
    const shown = await shownRows(page.getByRole("grid", { name: t.rows }));
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.map((row) => comparable(row).slice(0, 5))).toEqual(expected.slice(0, shown.length).map((row) => comparable(row).slice(0, 5)));

    const before = page.url();
    await result.getByRole("button", { name: t.again }).click();
    await expect(page).not.toHaveURL(before);
    await expect(result.getByRole("link", { name: t.csv })).toBeVisible();
    expect(csvRows(await take(page, result.getByRole("link", { name: t.csv })))).toEqual([head, ...records]);
    await expect(page.getByLabel(t.last)).toHaveValue(t.written(9));

    await page.getByRole("button", { name: t.favourite, exact: true }).click();
    await page.getByRole("link", { name: t.reports, exact: true }).click();
    await expect(page.getByRole("region", { name: t.favourites }).getByRole("link", { name: "Loyalty cards of a partner" })).toBeVisible();
    await expect(page.getByRole("region", { name: t.recent }).getByText(t.done).first()).toBeVisible();
    await picture(page, `home-with-runs-${language}`);
    await page.getByRole("link", { name: t.runs, exact: true }).click();
    const latest = page.getByRole("row").filter({ hasText: "Loyalty cards of a partner" }).first();
    await expect(latest.getByText(t.done)).toBeVisible();
    await expect(latest.getByText("25")).toBeVisible();
    await latest.getByRole("link", { name: "Loyalty cards of a partner" }).first().click();
    await expect(page.getByLabel(t.first)).toHaveValue(t.written(3));
    await expect(page.getByRole("link", { name: t.csv })).toBeVisible();
  });
}

/** Exact decimals may end with zeros in one place and not in another. */
function comparable(row: string[]): string[] {
  return row.map((value) => (/^-?\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, "") : value));
}

const difficult = [
  ["18446744073709551615", "00123", "=1+1", "", "", "1234567890.0123456789", "2025-03-04 05:06:07.123456", "🦊 O'Brien"],
  ["9007199254740993", "0", "+7 900", "x", "x", "-0.0000000001", "2025-12-31 23:59:59.000001", 'say "no", or; so'],
  ["1", "000", "@me", "", "", "0.1", "1999-01-01 00:00:00.5", "C:\\tmp $100"],
] as const;

const difficultSql = `SELECT * FROM (
  SELECT toUInt64('18446744073709551615') AS id, '00123' AS code, '=1+1' AS formula, CAST(NULL AS Nullable(String)) AS nothing, '' AS empty, toDecimal128('1234567890.0123456789', 10) AS exact, toDateTime64('2025-03-04 05:06:07.123456', 6, 'Asia/Tokyo') AS moment, '🦊 O''Brien' AS words
  UNION ALL SELECT 9007199254740993, '0', '+7 900', 'x', 'x', toDecimal128('-0.0000000001', 10), toDateTime64('2025-12-31 23:59:59.000001', 6, 'Asia/Tokyo'), 'say "no", or; so'
  UNION ALL SELECT 1, '000', '@me', '', '', toDecimal128('0.1', 10), toDateTime64('1999-01-01 00:00:00.5', 6, 'Asia/Tokyo'), 'C:\\\\tmp $100'
) ORDER BY id DESC`;

test("what is difficult to keep is the same in the table, the CSV and the workbook", async ({ as, url }) => {
  const { slug } = await makeReport(url, oneCell("Difficult values", difficultSql).replace("\n", "\ntimezone: Asia/Tokyo\n"));
  const page = await as("manager");
  await page.goto(`/r/${slug}`);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const csv = csvRows(await take(page, page.getByRole("link", { name: /^Download CSV/ })));
  const sheet = await sheetRows(await take(page, page.getByRole("link", { name: /^Download Excel/ })), "rows");
  const grid = page.getByRole("grid", { name: "Rows of rows" });
  await expect(grid.getByText("18446744073709551615")).toBeVisible();
  const shown = await shownRows(grid);
  await picture(page, "difficult-values");
  // No value and an empty text are told apart where it can be done.
  expect(shown.map((row) => row[3])).toEqual(["∅", "x", ""]);
  expect(shown.map((row) => row[4])).toEqual(["", "x", ""]);
  const texts = [0, 1, 2, 7];
  const pick = (row: readonly string[]) => texts.map((at) => row[at]);
  expect(shown.map(pick)).toEqual(difficult.map(pick));
  expect(csv.slice(1).map(pick)).toEqual(difficult.map(pick));
  expect(sheet.slice(1).map(pick)).toEqual(difficult.map(pick));
  const exact = (rows: string[][]) => rows.map((row) => comparable(row)[5]);
  expect(exact(shown)).toEqual(difficult.map((row) => row[5]));
  expect(exact(csv.slice(1))).toEqual(difficult.map((row) => row[5]));
  const bare = (value: string | undefined) => value!.replace("T", " ").replace(/(\.\d*?)0+$/, "$1");
  expect(shown.map((row) => bare(row[6]))).toEqual(difficult.map((row) => row[6]));
  expect(csv.slice(1).map((row) => bare(row[6]))).toEqual(difficult.map((row) => row[6]));
});
