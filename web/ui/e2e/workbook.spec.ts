import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";
import ExcelJS from "exceljs";

import { type Taken, take } from "./files.ts";
import { accessible, expect, fits, phone, picture, test } from "./journey.ts";
import { makeReport, oneCell } from "./reports.ts";
import { inOne } from "./writing.ts";

const texts = {
  en: {
    designer: "Designer", files: "Files", add: "Add a file", upload: "Upload a workbook", template: "Your own workbook", kind: /no Excel workbook/, closed: /closed with a password/,
    save: "Save", saved: /^Saved as \w+ 2\s*$/, run: "Run", excel: /^Download Excel/, download: "Download", all: "Workbooks of the folder", books: /^Excel workbooks/,
    there: "statement.xlsx is there already", replaceIt: "Replace it", both: "Keep both, this one as statement 2.xlsx", filledBy: "Filled by", unused: "No report fills it",
    delete: "Delete", stillUsed: "Reports still fill it", close: "Close", menu: "More actions", item: "Excel workbooks",
  },
  ru: {
    designer: "Конструктор", files: "Файлы", add: "Добавить файл", upload: "Загрузить книгу", template: "Своя книга Excel", kind: /не книга Excel/, closed: /закрыта паролем/,
    save: "Сохранить", saved: /^Сохранено: \S+ 2\s*$/, run: "Запустить", excel: /^Скачать Excel/, download: "Скачать", all: "Книги этой папки", books: /^Книги Excel/,
    there: "statement.xlsx уже есть", replaceIt: "Заменить", both: "Оставить обе, эту как statement 2.xlsx", filledBy: "Заполняют:", unused: "Её не заполняет ни один отчёт",
    delete: "Удалить", stillUsed: "Её ещё заполняют отчёты", close: "Закрыть", menu: "Ещё действия", item: "Книги Excel",
  },
} as const;

const mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A workbook as an analyst makes one: a heading in the firm's colours, a formula over a table that is still empty. */
async function statement(heading: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("Statement");
  sheet.getCell("A1").value = heading;
  sheet.getCell("A1").font = { bold: true, size: 20, color: { argb: "FFC00000" } };
  sheet.getCell("A2").value = "Total";
  sheet.getCell("B2").value = { formula: "SUM(rows[amount])" };
  sheet.getCell("B2").numFmt = "#,##0.00";
  sheet.addTable({ name: "rows", ref: "A4", headerRow: true, columns: [{ name: "shop" }, { name: "amount" }], rows: [["", null]] });
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function opened({ path }: Taken): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book.getWorksheet("Statement")!;
}

async function choose(page: Page, button: string, name: string, buffer: Buffer, mimeType = mime): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: button, exact: true }).click()]);
  await chooser.setFiles({ name, mimeType, buffer });
}

for (const language of inOne("en")) {
  const t = texts[language];

  test(`an analyst uploads a workbook, a member gets it filled (${language})`, async ({ as, url }) => {
    const into = `Statements ${language} ${Date.now()}`;
    const { slug } = await makeReport(url, oneCell("Statement of shops", "SELECT concat('Shop ', toString(number)) AS shop, toDecimal64(number * 1.5, 2) AS amount FROM numbers(1, 3) ORDER BY shop"), { into });
    const page = await as("analyst", { language });
    await page.goto(`/r/${slug}/edit`);
    await page.getByRole("tab", { name: t.designer }).click();
    await page.getByRole("button", { name: t.files, exact: true }).click();
    await page.getByRole("button", { name: t.add }).click();
    await choose(page, t.upload, "statement.csv", Buffer.from("shop,amount"), "text/csv");
    await expect(page.getByRole("alert").filter({ hasText: t.kind })).toBeVisible();
    await choose(page, t.upload, "statement.xlsx", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]));
    await expect(page.getByRole("alert").filter({ hasText: t.closed })).toBeVisible();
    await choose(page, t.upload, "statement.xlsx", await statement("Old heading"));
    const template = page.getByRole("combobox", { name: t.template });
    await expect(template).toHaveValue("statement.xlsx");
    const book = await statement("Shops of a partner");
    await choose(page, t.upload, "statement.xlsx", book);
    await expect(page.getByRole("alert").filter({ hasText: t.there })).toBeVisible();
    await expect(page.getByRole("button", { name: t.both })).toBeVisible();
    await picture(page, `workbook-taken-${language}`);
    await page.getByRole("button", { name: t.replaceIt, exact: true }).press("Enter");
    await expect(page.getByText(t.there)).toBeHidden();
    const back = await take(page, page.getByRole("link", { name: t.download, exact: true }));
    expect(readFileSync(back.path).equals(book)).toBe(true);
    if (language === "en") await accessible(page);
    await page.getByRole("button", { name: t.save, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: t.save, exact: true }).click();
    await expect(page.getByText(t.saved)).toBeVisible();

    await page.getByRole("button", { name: t.all }).click();
    const books = page.getByRole("dialog", { name: t.books });
    await expect(books.getByRole("listitem").filter({ hasText: "statement.xlsx" })).toContainText("Anna Analyst");
    await expect(books.getByText(t.filledBy)).toBeVisible();
    await expect(books.getByRole("link", { name: "Statement of shops" })).toBeVisible();
    await accessible(page);
    await picture(page, `workbooks-${language}`);

    const member = await as("manager", { language, ...(language === "ru" ? phone : {}) });
    await member.goto(`/r/${slug}`);
    await member.getByRole("button", { name: t.run, exact: true }).click();
    const filled = await opened(await take(member, member.getByRole("link", { name: t.excel })));
    expect(filled.getCell("A1").value).toBe("Shops of a partner");
    expect(filled.getCell("A1").font).toMatchObject({ bold: true, size: 20, color: { argb: "FFC00000" } });
    expect(filled.getCell("B2").value).toMatchObject({ formula: "SUM(rows[amount])" });
    expect([5, 6, 7].map((row) => [filled.getCell(row, 1).value, filled.getCell(row, 2).value])).toEqual([["Shop 1", 1.5], ["Shop 2", 3], ["Shop 3", 4.5]]);
  });
}

test("workbooks of a folder are found in its menu, on a phone and by keyboard; one that is filled stays", async ({ as, url }) => {
  const t = texts.en;
  const into = `Books ${Date.now()}`;
  const document = oneCell("Fills a book", "SELECT 1 AS n").replace("---\n```", "exports: [{cells: [rows], format: xlsx, template: filled.xlsx}]\n---\n```");
  const { slug } = await makeReport(url, document, { into });
  const page = await as("analyst", phone);
  await page.goto(`/?folder=${encodeURIComponent(into)}`);
  await page.getByRole("button", { name: t.menu }).press("Enter");
  await page.getByRole("menuitem", { name: t.item }).press("Enter");
  const books = page.getByRole("dialog", { name: t.books });
  await expect(books.getByText("There are no workbooks in this folder yet")).toBeVisible();
  for (const name of ["filled.xlsx", "spare.xlsx"]) {
    await choose(page, t.upload, name, await statement(name));
    await expect(books.getByRole("listitem").filter({ hasText: name })).toBeVisible();
  }
  const row = (name: string) => books.getByRole("listitem").filter({ hasText: name });
  await expect(row("filled.xlsx").getByRole("link", { name: "Fills a book" })).toHaveAttribute("href", `/r/${slug}`);
  await expect(row("spare.xlsx").getByText(t.unused)).toBeVisible();
  await fits(page);
  await accessible(page);
  await row("filled.xlsx").getByRole("button", { name: "Delete filled.xlsx" }).press("Enter");
  await expect(row("filled.xlsx").getByText(t.stillUsed)).toBeVisible();
  await picture(page, "workbooks-phone");
  await expect(row("filled.xlsx").getByRole("button", { name: t.close })).toBeFocused();
  await page.keyboard.press("Enter");
  await row("spare.xlsx").getByRole("button", { name: "Delete spare.xlsx" }).press("Enter");
  await row("spare.xlsx").getByRole("button", { name: t.delete, exact: true }).press("Enter");
  await expect(row("spare.xlsx")).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(books).toBeHidden();
});
