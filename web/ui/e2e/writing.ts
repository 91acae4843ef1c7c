import type { Locator, Page } from "@playwright/test";

import { expect } from "./journey.ts";
import { ok } from "./people.ts";

export const languages = ["en", "ru"] as const;
export type Language = (typeof languages)[number];

/** What hangs little on words is tried in one language, to save time; with E2E_LANGUAGES=all in each. */
export function inOne(language: Language): readonly Language[] {
  return process.env.E2E_LANGUAGES === "all" ? languages : [language];
}

const texts = {
  en: {
    view: "View", cells: "Cells", text: "Text", whole: "The whole document", save: "Save", undo: "Undo", redo: "Redo", problems: /^Problems/, designer: "Designer", form: "Form",
    cell: (name: string) => `SQL cell ${name}`, run: (name: string) => `Run ${name}`, runAll: "Run all", stop: "Stop", saved: (revision: number) => `Saved as revision ${revision}`,
    more: "More", runReport: "Run", move: (name: string) => `Move ${name}`,
  },
  ru: {
    view: "Вид", cells: "Ячейки", text: "Текст", whole: "Весь документ", save: "Сохранить", undo: "Отменить", redo: "Повторить", problems: /^Ошибки/, designer: "Конструктор", form: "Форма",
    cell: (name: string) => `Ячейка SQL ${name}`, run: (name: string) => `Запустить ${name}`, runAll: "Запустить всё", stop: "Остановить", saved: (revision: number) => `Сохранено: версия ${revision}`,
    more: "Ещё", runReport: "Запустить", move: (name: string) => `Переместить: ${name}`,
  },
} as const;

/** The page that writes a report, as it is found in a language. */
export function deskOf(page: Page, language: Language, slug: string) {
  const t = texts[language];
  const whole = page.getByRole("textbox", { name: t.whole });
  const cell = (name: string) => page.getByRole("group", { name: t.cell(name), exact: true });
  return {
    t,
    whole,
    cell,
    sql: (name: string) => cell(name).getByRole("textbox", { name: t.cell(name), exact: true }),
    open: () => page.goto(`/r/${slug}/edit`),
    show: (view: "cells" | "text") => page.getByRole("radiogroup", { name: t.view }).getByText(t[view], { exact: true }).click(),
    tab: (tab: "designer" | "form" | "problems") => page.getByRole("tab", { name: t[tab] }).click(),
    /** Waits until the editor of the whole document shows the text. */
    shows: (text: string) => expect.poll(() => linesOf(whole)).toEqual(text.replaceAll("\r\n", "\n").split("\n")),
    /** Waits until the draft that the service keeps is the text, byte for byte. */
    keeps: (text: string) => expect.poll(() => draftOf(page, slug)).toBe(text),
    /** The document that is saved. */
    document: async () => ((await ok(page.request.get(`/api/v1/reports/${slug}/document`))) as { document: string }).document,
    save: async (revision: number) => {
      await page.getByRole("button", { name: t.save, exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: t.save, exact: true }).click();
      await expect(page.getByText(t.saved(revision)).first()).toBeVisible();
    },
    undo: () => page.getByRole("button", { name: t.undo, exact: true }).click(),
    redo: () => page.getByRole("button", { name: t.redo, exact: true }).click(),
  };
}

export type Desk = ReturnType<typeof deskOf>;

/** The lines that a code editor shows. It must be high enough to show all of them. */
export function linesOf(editor: Locator): Promise<string[]> {
  return editor.locator(".cm-line").allTextContents();
}

/** Puts the cursor at the end of the line with these words, in a code editor. */
export async function endOf(editor: Locator, words: string): Promise<void> {
  await editor.locator(".cm-line").filter({ hasText: words }).click();
  await editor.press("End");
}

async function draftOf(page: Page, slug: string): Promise<string | undefined> {
  const { items } = (await ok(page.request.get(`/api/v1/drafts?report=${slug}`))) as { items: { id: string }[] };
  if (items[0] === undefined) return undefined;
  return ((await ok(page.request.get(`/api/v1/drafts/${items[0].id}`))) as { document: string }).document;
}

/** Drags with the mouse, as a hand does: press, move bit by bit, let go over the middle of the other. */
export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const [start, end] = [await middle(from), await middle(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x, start.y + Math.sign(end.y - start.y) * 8, { steps: 2 });
  await page.mouse.move(end.x, end.y, { steps: 12 });
  await page.mouse.up();
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = (await of.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
