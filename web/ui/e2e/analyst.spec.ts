import type { Page } from "@playwright/test";

import { csvRows, shownRows, take } from "./files.ts";
import { accessible, expect, picture, test } from "./journey.ts";
import { ok, people, signedIn } from "./people.ts";
import { makeReport, oneCell } from "./reports.ts";

const texts = {
  en: {
    title: "Written from nothing", address: /\/r\/written-from-nothing-\d+\/edit$/, label: "Word", prose: "Words for everybody.", first: "The first words", second: "More rows",
    view: "View", cells: "Cells", text: "Text", whole: "The whole document", problems: /^Problems/, line: "Line", none: "No problems.", run: "Run", runRows: "Run rows",
    result: "Result of rows", more: "More about SQL cell rows", seeSent: "See what is sent", sent: "What is sent", kept: /^Draft kept/, others: "More", drop: "Drop the draft", drafts: "Continue writing",
    save: "Save", saveNew: "Save the report", folder: "Folder", message: "What was changed", saved: (revision: number) => `Saved as revision ${revision}`,
    compared: "What changed from revision 1 to revision 2", saves: "Saves", revision: (number: number) => `Revision ${number}`, current: "current",
    restore: "Restore", restoreThis: "Restore revision 1", restoreTitle: "Restore revision 1?", restored: "Revision 1 restored", share: "Share", sharing: "Share the report", whom: "With",
    mayRun: "run it", may: "What Stan Stranger may", csv: /^Download CSV/, details: "Details of this run",
    two: "Changed by two", meanwhile: "Anna Analyst saved revision 2 meanwhile", compare: "Compare", both: "Both texts", mine: "Keep mine",
    find: "Find a table or column", tables: "Tables of warehouse", table: /^Table cards\b/, columns: "Columns", rows: "Rows of cards", uses: "Reports that read it", hidden: /^\d+ reports? whose SQL you may not see$/,
    newSnippet: "New snippet", name: "Name", write: "Write it", sql: (name: string) => `SQL of ${name}`, snippetSaved: (name: string) => `${name} is saved.`,
    usedBy: "Used by", unused: "No report uses it.", history: "History", by: /^Revision 1 by Anna Analyst/,
  },
  ru: {
    title: "Написано с нуля", address: /\/r\/napisano-s-nulya-\d+\/edit$/, label: "Слово", prose: "Слова для всех.", first: "Первые слова", second: "Больше строк",
    view: "Вид", cells: "Ячейки", text: "Текст", whole: "Весь документ", problems: /^Ошибки/, line: "Строка", none: "Ошибок нет.", run: "Запустить", runRows: "Запустить rows",
    result: "Результат rows", more: "Ещё: Ячейка SQL rows", seeSent: "Показать, что отправляется", sent: "Что отправляется", kept: /^Черновик сохранён/, others: "Ещё", drop: "Удалить черновик", drafts: "Продолжить работу",
    save: "Сохранить", saveNew: "Сохранить отчёт", folder: "Папка", message: "Что изменено", saved: (revision: number) => `Сохранено: версия ${revision}`,
    compared: "Что изменилось с версии 1 до версии 2", saves: "Сохранения", revision: (number: number) => `Версия ${number}`, current: "текущая",
    restore: "Вернуть", restoreThis: "Вернуть версию 1", restoreTitle: "Вернуть версию 1?", restored: "Возвращена версия 1", share: "Поделиться", sharing: "Доступ к отчёту", whom: "Кому",
    mayRun: "запускать", may: "Что разрешено: Stan Stranger", csv: /^Скачать CSV/, details: "Подробности запуска",
    two: "Меняют двое", meanwhile: "Тем временем сохранена версия 2, автор — Anna Analyst", compare: "Сравнить", both: "Оба текста", mine: "Оставить мой",
    find: "Найти таблицу или столбец", tables: "Таблицы источника warehouse", table: /^Таблица cards\b/, columns: "Столбцы", rows: "Строки таблицы cards", uses: "Отчёты, которые её читают", hidden: /^\d+ отч[её]\S+, SQL котор\S+ вам не виден$/,
    newSnippet: "Новый фрагмент", name: "Имя", write: "Написать", sql: (name: string) => `SQL фрагмента ${name}`, snippetSaved: (name: string) => `Фрагмент ${name} сохранён.`,
    usedBy: "Где используется", unused: "Не используется ни в одном отчёте.", history: "История", by: /^Версия 1, Anna Analyst/,
  },
} as const;

for (const language of ["en", "ru"] as const) {
  const t = texts[language];

  const written = (title: string, { field = "word", rows = 3 } = {}) => `---
title: ${title}
form:
  - {name: word, label: ${t.label}, type: input, default: hello}
---
${t.prose}

\`\`\`sql rows
SELECT {{ .${field} }} AS word, number AS n FROM numbers(${rows})
\`\`\`
`;

  const whole = (page: Page) => page.getByRole("textbox", { name: t.whole });

  const show = async (page: Page, view: "cells" | "text") => {
    await page.getByRole("radiogroup", { name: t.view }).getByText(t[view], { exact: true }).click();
  };

  const save = async (page: Page, message = "") => {
    await page.getByRole("button", { name: t.save, exact: true }).click();
    const saving = page.getByRole("dialog", { name: t.save });
    await saving.getByLabel(t.message).fill(message);
    await saving.getByRole("button", { name: t.save, exact: true }).click();
  };

  test(`an analyst writes a report, is told of mistakes, tries it, saves it twice, restores it and shares it (${language})`, async ({ as }) => {
    const title = `${t.title} ${Date.now()}`;
    const page = await as("analyst", { language });
    await page.goto("/new");
    await show(page, "text");
    await whole(page).fill(written(title, { field: "wrod" }));
    await page.getByRole("tab", { name: t.problems }).click();
    await expect(page.getByRole("tabpanel", { name: t.problems }).getByRole("button", { name: new RegExp(`^${t.line} 9 .*wrod`) })).toBeVisible();
    await picture(page, `write-problems-${language}`);
    await whole(page).fill(written(title));
    await expect(page.getByText(t.none)).toBeVisible();

    await show(page, "cells");
    await page.getByRole("button", { name: t.runRows }).click();
    const grid = page.getByRole("grid", { name: t.result });
    await expect(grid.getByRole("row")).toHaveCount(4);
    expect(await shownRows(grid)).toEqual([0, 1, 2].map((n) => ["hello", String(n)]));
    await page.getByRole("button", { name: t.more }).click();
    await page.getByRole("menuitem", { name: t.seeSent }).click();
    const sent = page.getByRole("region", { name: t.sent });
    await expect(sent.getByText("{p1:String}")).toBeVisible();
    await expect(sent.getByRole("cell", { name: "hello" })).toBeVisible();
    if (language === "en") await accessible(page);
    await picture(page, `write-cells-${language}`);

    await expect(page.getByText(t.kept)).toBeVisible();
    const context = page.context();
    await page.close();
    const back = await context.newPage();
    await back.goto("/");
    await back.getByRole("region", { name: t.drafts }).getByRole("link", { name: title }).click();
    await show(back, "text");
    await expect(whole(back)).toContainText(t.prose);
    await back.reload();
    await expect(back.getByRole("heading", { name: title, level: 1 })).toBeVisible();

    await back.getByRole("textbox", { name: t.label }).fill("kept");
    await back.getByRole("button", { name: t.runRows }).click();
    const tried = back.getByRole("grid", { name: t.result });
    await expect(tried.getByText("kept")).toHaveCount(3);
    await back.getByRole("button", { name: t.save, exact: true }).click();
    const saving = back.getByRole("dialog", { name: t.saveNew });
    await saving.getByRole("combobox", { name: t.folder }).fill("Journeys");
    await saving.getByLabel(t.message).fill(t.first);
    await picture(back, `save-${language}`);
    await saving.getByRole("button", { name: t.save, exact: true }).click();
    await expect(back.getByText(t.saved(1), { exact: true })).toBeVisible();
    await expect(back).toHaveURL(t.address);
    await expect(tried.getByText("kept")).toHaveCount(3);
    await expect(back.getByRole("textbox", { name: t.label })).toHaveValue("kept");
    await picture(back, `write-first-saved-${language}`);
    await show(back, "text");
    await whole(back).fill(written(title, { rows: 5 }));
    await save(back, t.second);
    await expect(back.getByText(t.saved(2), { exact: true })).toBeVisible();
    await whole(back).fill(written(title, { rows: 6 }));
    await expect(back.getByText(t.kept)).toBeVisible();
    await back.getByRole("button", { name: t.others, exact: true }).click();
    await back.getByRole("menuitem", { name: t.drop }).click();
    await expect(whole(back)).toContainText("numbers(5)"); // what was saved here, not what was opened

    const slug = /\/r\/([^/]+)\//.exec(back.url())![1]!;
    await back.goto(`/r/${slug}/history`);
    const saves = back.getByRole("region", { name: t.saves }).getByRole("listitem");
    await expect(saves.first()).toContainText(t.second);
    await expect(saves.last()).toContainText(t.first);
    const changes = back.getByRole("region", { name: t.compared });
    await expect(changes.getByText("numbers(3)")).toBeVisible();
    await expect(changes.getByText("numbers(5)")).toBeVisible();
    if (language === "ru") await accessible(back);
    await picture(back, `history-${language}`);
    await back.getByRole("button", { name: t.restoreThis }).click();
    await back.getByRole("dialog", { name: t.restoreTitle }).getByRole("button", { name: t.restore, exact: true }).click();
    await expect(saves).toHaveCount(3);
    for (const words of [t.revision(3), t.current, t.restored]) await expect(saves.first()).toContainText(words);
    await picture(back, `history-restored-${language}`);

    await back.goto(`/r/${slug}`);
    await back.getByRole("button", { name: t.share, exact: true }).click();
    const sharing = back.getByRole("dialog", { name: t.sharing });
    await sharing.getByLabel(t.whom).fill("Stan");
    await back.getByRole("option", { name: /Stan Stranger/ }).click();
    await sharing.getByRole("button", { name: t.share, exact: true }).click();
    await expect(sharing.getByRole("listitem").getByLabel(t.may)).toHaveValue(t.mayRun);
    if (language === "en") await accessible(back);
    await picture(back, `share-${language}`);

    const stan = await as("stranger", { language });
    await stan.goto(`/r/${slug}`);
    await stan.getByRole("textbox", { name: t.label }).fill("shared");
    await stan.getByRole("button", { name: t.run, exact: true }).click();
    expect(csvRows(await take(stan, stan.getByRole("link", { name: t.csv }))).slice(1)).toEqual([0, 1, 2].map((n) => ["shared", String(n)]));
    await expect(stan.getByRole("button", { name: t.details })).toBeHidden();
  });

  test(`two analysts change one report, and the second is told before anything is lost (${language})`, async ({ as, url }) => {
    const title = `${t.two} ${Date.now()}`;
    const { slug, id } = await makeReport(url, oneCell(title, "SELECT 1 AS one"));
    const writer = await signedIn(url, people.analyst.email);
    await ok(writer.post(`/api/v1/reports/${id}/grants`, { data: { level: "edit" } }));
    await writer.dispose();
    const [first, second] = [await as("analyst", { language }), await as("colleague", { language })];
    for (const page of [first, second]) {
      await page.goto(`/r/${slug}/edit`);
      await show(page, "text");
      await expect(whole(page)).toContainText("SELECT 1 AS one");
    }
    await first.bringToFront();
    await whole(first).fill(oneCell(title, "SELECT 2 AS two"));
    await save(first);
    await expect(first.getByText(t.saved(2), { exact: true })).toBeVisible();
    await second.bringToFront();
    await whole(second).fill(oneCell(title, "SELECT 3 AS three"));
    await save(second);
    const told = second.getByRole("alert").filter({ hasText: t.meanwhile });
    await expect(told).toBeVisible();
    await expect(whole(second)).toContainText("SELECT 3 AS three");
    if (language === "en") await accessible(second);
    await picture(second, `write-conflict-${language}`);
    await told.getByRole("button", { name: t.compare }).click();
    const both = second.getByRole("dialog", { name: t.both });
    await expect(both.getByText("SELECT 2 AS two")).toBeVisible();
    await expect(both.getByText("SELECT 3 AS three")).toBeVisible();
    await picture(second, `write-compare-${language}`);
    await second.keyboard.press("Escape");
    await told.getByRole("button", { name: t.mine }).click();
    await save(second);
    await expect(second.getByText(t.saved(3), { exact: true })).toBeVisible();
  });

  test(`an analyst looks at tables and writes a snippet (${language})`, async ({ as }) => {
    const page = await as("analyst", { language });
    await page.goto("/schema");
    await page.getByRole("textbox", { name: t.find }).fill("card_number");
    await page.getByRole("navigation", { name: t.tables }).getByRole("link", { name: t.table }).click();
    await expect(page.getByRole("table", { name: t.columns }).getByRole("cell", { name: "card_number", exact: true })).toBeVisible();
    await expect(page.getByRole("grid", { name: t.rows }).getByRole("row").nth(1)).toBeVisible();
    await expect(page.getByRole("region", { name: t.uses }).getByText(t.hidden)).toBeVisible();
    if (language === "en") await accessible(page);
    await picture(page, `schema-table-${language}`);
    const name = `journey_${Date.now()}`;
    await page.goto("/snippets");
    await page.getByRole("button", { name: t.newSnippet }).click();
    const beginning = page.getByRole("dialog", { name: t.newSnippet });
    await beginning.getByLabel(t.name).fill(name);
    await beginning.getByRole("button", { name: t.write }).click();
    await page.getByRole("textbox", { name: t.sql(name) }).fill("SELECT id FROM users WHERE id > 0");
    await page.getByRole("button", { name: t.save, exact: true }).click();
    await expect(page.getByText(t.snippetSaved(name))).toBeVisible();
    await expect(page.getByRole("region", { name: t.usedBy }).getByText(t.unused)).toBeVisible();
    await expect(page.getByRole("region", { name: t.history }).getByText(t.by)).toBeVisible();
    if (language === "ru") await accessible(page);
    await picture(page, `snippet-${language}`);
  });
}
