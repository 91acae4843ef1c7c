import type { Locator } from "@playwright/test";

import { accessible, expect, picture, test } from "./journey.ts";
import { makeReport, oneCell } from "./reports.ts";
import { deskOf, languages } from "./writing.ts";

const texts = {
  en: {
    draw: "Chart of it", title: "Add a chart", insert: "Add the chart", bars: "Bars", across: "Across", height: "Height", colours: "Colours", stacked: "On top of each other", heading: "Title",
    preview: "Preview", drawn: (heading: string) => new RegExp(`^Chart “${heading}”: digital and plastic by month, 3 points`), edit: "Edit by pointing", done: "Done", line: "Line",
    more: "More about Chart per_month_chart",
  },
  ru: {
    draw: "Построить график", title: "Добавить график", insert: "Добавить график", bars: "Столбцы", across: "По горизонтали", height: "Высота", colours: "Цвета", stacked: "Друг на друге", heading: "Заголовок",
    preview: "Как будет выглядеть", drawn: (heading: string) => new RegExp(`^График «${heading}»: digital и plastic по month, 3 точки`), edit: "Изменить мышью", done: "Готово", line: "Линия",
    more: "Ещё: График per_month_chart",
  },
} as const;

const sql = `SELECT toStartOfMonth(issued_on) AS month, toString(kind) AS kind, partner_id, count() AS cards
FROM cards
WHERE issued_on BETWEEN '2025-09-01' AND '2025-11-30' AND partner_id < 4
GROUP BY ALL
ORDER BY ALL`;

/** How many colours a drawing has: one that is empty has a single one. */
function colours(drawing: Locator): Promise<number> {
  return drawing.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
}

for (const language of languages) {
  const t = texts[language];

  test(`a chart is made of a result by pointing at its columns, and members get it (${language})`, async ({ as, url }) => {
    const document = `${oneCell(`Charted ${language} ${Date.now()}`, sql).replace("sql rows", "sql per_month")}\nBehind the chart.\n`;
    const { slug } = await makeReport(url, document);
    const page = await as("analyst", { language, colorScheme: language === "ru" ? "dark" : "light" });
    const desk = deskOf(page, language, slug);
    await desk.open();
    await page.getByRole("button", { name: desk.t.run("per_month") }).click();
    await page.getByRole("button", { name: t.draw }).click();
    const builder = page.getByRole("dialog", { name: t.title });
    const preview = builder.getByRole("region", { name: t.preview });
    await expect(preview.getByRole("img")).toBeVisible();
    await builder.getByRole("group", { name: /./ }).getByRole("button", { name: t.bars, exact: true }).click();
    await builder.getByRole("radiogroup", { name: t.across }).getByText("month", { exact: true }).click();
    await builder.getByRole("radiogroup", { name: t.colours }).getByText("kind", { exact: true }).click();
    await builder.getByLabel(t.stacked).check();
    await builder.getByRole("textbox", { name: t.heading }).fill("Cards by month");
    await expect(preview.getByRole("img", { name: t.drawn("Cards by month") })).toBeVisible();
    await expect.poll(() => colours(preview)).toBeGreaterThan(10);
    if (language === "en") await accessible(page);
    await picture(page, `write-chart-${language}`);
    await builder.getByRole("button", { name: t.insert }).click();

    const charted = document.replace("ORDER BY ALL\n```\n", "ORDER BY ALL\n```\n\n```chart per_month_chart\ntype: bar\ncell: per_month\nx: month\ny: sum(cards)\nseries: kind\nstacked: true\ntitle: Cards by month\n```\n");
    await desk.keeps(charted);
    await page.getByRole("button", { name: t.more }).click();
    await page.getByRole("menuitem", { name: t.edit }).click();
    await page.getByRole("dialog").getByRole("button", { name: t.line, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: t.done }).click();
    const changed = charted.replace("type: bar", "type: line").replace("stacked: true\n", "");
    await desk.keeps(changed);
    await page.getByRole("button", { name: desk.t.runAll }).click();
    await expect(page.getByRole("img", { name: t.drawn("Cards by month") })).toBeVisible();
    await desk.show("text");
    await desk.shows(changed);
    await desk.save(2);
    expect(await desk.document()).toBe(changed);

    const member = await as("manager", { language });
    await member.goto(`/r/${slug}`);
    await member.getByRole("button", { name: desk.t.runReport, exact: true }).click();
    const chart = member.getByRole("img", { name: t.drawn("Cards by month") });
    await expect(chart).toBeVisible();
    await expect.poll(() => colours(chart)).toBeGreaterThan(10);
    await chart.scrollIntoViewIfNeeded();
    await picture(member, `report-charted-${language}`);
  });
}
