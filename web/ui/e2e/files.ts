import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import type { Download, Locator, Page } from "@playwright/test";
import ExcelJS from "exceljs";

import { binary } from "./service.ts";

export interface Taken {
  name: string;
  path: string;
}

/** Presses what downloads, and waits for the whole file. */
export async function take(page: Page, link: Locator): Promise<Taken> {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return taken(download);
}

async function taken(download: Download): Promise<Taken> {
  return { name: download.suggestedFilename(), path: await download.path() };
}

/** The records of a CSV file as RFC 4180 has them. */
export function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const [, value = "", end] = field.exec(text) ?? fail(text.slice(field.lastIndex, field.lastIndex + 40));
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function fail(near: string): never {
  throw new Error(`This is no CSV: ${near}`);
}

export function csvRows({ path }: Taken): string[][] {
  return parsed(readFileSync(path, "utf8"));
}

/** The cells of a sheet as text, with the row of names. A formula is refused: what comes from data never is one. */
export async function sheetRows({ path }: Taken, sheet: string): Promise<string[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const found = book.getWorksheet(sheet);
  if (found === undefined) throw new Error(`There is no sheet ${sheet} among ${book.worksheets.map(({ name }) => name).join(", ")}.`);
  const rows: string[][] = [];
  found.eachRow({ includeEmpty: true }, (row) => {
    rows.push(Array.from({ length: found.columnCount }, (_, at) => cellText(row.getCell(at + 1).value)));
  });
  return rows;
}

function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "").replace("T", " ").replace(/(\.000)?Z$/, "");
  if (typeof value === "object" && "richText" in value) return value.richText.map(({ text }) => text).join("");
  if (typeof value === "object") throw new Error(`A cell is no plain value: ${JSON.stringify(value)}`);
  return String(value);
}

/** What the source itself answers, asked past the service. */
export function asked(sql: string): string[][] {
  return parsed(execFileSync(binary, ["sql", "--data", process.env.E2E_DATA!, "--format", "CSV", sql], { encoding: "utf8" }));
}

/** The rows that a table of results shows, cell by cell. */
export async function shownRows(grid: Locator): Promise<string[][]> {
  return grid.getByRole("row").evaluateAll((rows) =>
    rows.slice(1).map((row) => [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent ?? "")),
  );
}
