import { asked } from "./files.ts";
import { accessible, expect, picture, test } from "./journey.ts";
import { makeReport } from "./reports.ts";
import { deskOf, drag, endOf, inOne, languages } from "./writing.ts";

const texts = {
  en: {
    empty: "The form is empty", fields: "Fields", add: "Add a field", what: "What should people fill in?", kinds: { text: /^Text /, period: /^Period /, select: /^One of several /, checkbox: /^Any of several /, flag: /^Yes or no / },
    label: "Label", name: "Name in templates", help: "Help", required: "Must be filled in", min: { text: "At least so many characters", date: "Earliest" }, from: "From", to: "To",
    uses: "Used in 2 places, which change along", optionsFrom: "Where options come from", query: "From a query", querySql: "Query of options", tryIt: "Try it", tried: /^(\d+ options|The first 10 options)$/,
    values: "Values are", whole: "Whole numbers", value: "Value", people: "What people see", sql: "SQL it stands for", option: (column: string, number: number) => `${column}, option ${number}`,
    addOption: "Add an option", withSql: "Options stand for SQL", default: "Filled in at first", all: "All options",
    actions: (name: string) => `Actions for ${name}`, remove: "Remove", removeTitle: "Remove the field Kind?", used: "cell cards", cancel: "Cancel",
    drag: (name: string) => `Move ${name} by dragging`, picked: "Period picked up.", place: (place: number) => `Period is at place ${place} of 6.`, dropped: "Period put down at place 3 of 6.",
    day: (name: string, end: "from" | "to") => `${name}: ${end === "from" ? "first" : "last"} day`, written: (day: string) => day,
  },
  ru: {
    empty: "В форме пока нет полей", fields: "Поля", add: "Добавить поле", what: "Что нужно заполнять?", kinds: { text: /^Текст /, period: /^Период /, select: /^Одно из списка /, checkbox: /^Несколько из списка /, flag: /^Да или нет / },
    label: "Подпись", name: "Имя в шаблонах", help: "Подсказка", required: "Обязательное", min: { text: "Не меньше стольких знаков", date: "Самая ранняя дата" }, from: "С", to: "По",
    uses: "Используется в 2 местах — там имя тоже изменится", optionsFrom: "Откуда варианты", query: "Из запроса", querySql: "Запрос вариантов", tryIt: "Проверить", tried: /^(\d+ вариант(а|ов)?|Первые 10 вариантов)$/,
    values: "Значения", whole: "Целые числа", value: "Значение", people: "Что видят люди", sql: "Какой SQL подставить", option: (column: string, number: number) => `${column}, вариант ${number}`,
    addOption: "Добавить вариант", withSql: "Варианты подставляют SQL", default: "Заполнено сначала", all: "Все варианты",
    actions: (name: string) => `Действия с «${name}»`, remove: "Удалить", removeTitle: "Удалить поле Kind?", used: "ячейка cards", cancel: "Отмена",
    drag: (name: string) => `Перетащить «${name}»`, picked: "Поле «Period» взято.", place: (place: number) => `Поле «Period» на месте ${place} из 6.`, dropped: "Поле «Period» положено на место 3 из 6.",
    day: (name: string, end: "from" | "to") => `${name}: ${end === "from" ? "первый" : "последний"} день`, written: (day: string) => day.split("-").reverse().join("."),
  },
} as const;

const cities = "SELECT DISTINCT city_id AS value, dictGet('cities', 'name', city_id) AS label\nFROM cards WHERE partner_id = {{ .partner }}\nORDER BY label";

/** How the designer is to write each of the fields. */
const fieldText = {
  period: `  - name: period
    label: Period
    type: input
    kind: daterange
    default: {from: 2025-11-01, to: 2025-11-30}
    min: 2023-01-01
`,
  text: `  - name: text
    label: Beginning
    help: "Digits: the first ones"
    type: input
    min: 1
`,
  partner: `  - name: partner
    label: Partner
    type: select
    kind: integer
    required: true
    options:
      sql: SELECT id AS value, name AS label FROM partners ORDER BY name
`,
  city: `  - name: city
    label: City
    type: select
    kind: integer
    options:
      sql: |-
        ${cities.replaceAll("\n", "\n        ")}
`,
  kind: `  - name: kind
    label: Kind
    type: select
    required: true
    options:
      - {value: plastic, label: Plastic}
      - {value: digital, label: "In a phone, not in a pocket"}
`,
  columns: `  - name: columns
    label: Columns
    type: checkbox
    default: all
    options:
      - {value: number, label: Number, sql: card_number}
      - {value: day, label: Day, sql: "issued_on AS day, toDayOfWeek(issued_on) AS weekday"}
`,
};

const sql = `SELECT {{ .columns }}
FROM cards
WHERE partner_id = {{ .partner }} AND kind = {{ .kind }} AND issued_on BETWEEN {{ .period.from }} AND {{ .period.to }}
{{ if .city }}AND city_id = {{ .city }}{{ end }}
AND startsWith(card_number, {{ .text }}) AND length({{ .text }}) < 20
ORDER BY id
LIMIT 5`;

const report = (title: string, form: string, cell: string) => `---
title: ${title}
# Asked for by the sales team.
timezone: UTC # as the demo has it
${form === "" ? "" : `form:\n${form}`}---
Cards as people ask for them.

\`\`\`sql cards
${cell}
\`\`\`
`;

for (const language of languages) {
  const t = texts[language];
  const look = { language, colorScheme: language === "ru" ? ("dark" as const) : ("light" as const) };

  test(`a form is designed by pointing, and the document says exactly that (${language})`, async ({ as, url }) => {
    const title = `Designed ${language} ${Date.now()}`;
    const { slug } = await makeReport(url, report(title, "", "SELECT 1 AS one"));
    const page = await as("analyst", look);
    const desk = deskOf(page, language, slug);
    await desk.open();
    await desk.tab("designer");
    const fields = page.getByRole("region", { name: t.fields });
    await expect(fields.getByText(t.empty)).toBeVisible();
    const input = (name: string) => fields.getByLabel(name, { exact: true });
    const add = async (kind: keyof typeof t.kinds, label: string, name: string) => {
      await fields.getByRole("button", { name: t.add }).click();
      await page.getByRole("dialog", { name: t.what }).getByRole("button", { name: t.kinds[kind] }).click();
      await expect(input(t.label)).toBeFocused();
      await input(t.label).fill(label);
      if (name === "") return;
      await fields.getByRole("textbox", { name: t.name }).fill(name);
      await fields.getByRole("textbox", { name: t.name }).press("Enter");
    };
    const ask = async (words: string) => {
      await fields.getByRole("radiogroup", { name: t.optionsFrom }).getByText(t.query, { exact: true }).click();
      await fields.getByRole("textbox", { name: t.querySql }).fill(words);
      await fields.getByRole("radiogroup", { name: t.values, exact: true }).getByText(t.whole, { exact: true }).click();
    };

    await add("period", "Period", "");
    await input(t.from).fill("2025-11-01");
    await input(t.to).fill("2025-11-30");
    await input(t.min.date).fill("2023-01-01");
    await add("text", "Beginning", "");
    await input(t.help).fill("Digits: the first ones");
    await input(t.min.text).fill("1");
    await add("select", "Partner", "partner");
    await ask("SELECT id AS value, name AS label FROM partners ORDER BY name");
    await input(t.required).check();
    await fields.getByRole("button", { name: t.tryIt }).click();
    await expect(fields.getByText(t.tried)).toBeVisible();
    await picture(page, `write-designer-query-${language}`);
    await add("select", "City", "city");
    await ask(cities);
    await add("select", "Kind", "kind");
    await input(t.option(t.value, 1)).fill("plastic");
    await input(t.option(t.people, 1)).fill("Plastic");
    await fields.getByRole("button", { name: t.addOption }).click();
    await input(t.option(t.value, 2)).fill("digital");
    await input(t.option(t.people, 2)).fill("In a phone, not in a pocket");
    await input(t.required).check();
    await add("checkbox", "Columns", "columns");
    await input(t.withSql).check();
    await fields.getByRole("button", { name: t.addOption }).click();
    for (const [at, option] of [["number", "Number", "card_number"], ["day", "Day", "issued_on AS day, toDayOfWeek(issued_on) AS weekday"]].entries()) {
      for (const [column, words] of [t.value, t.people, t.sql].entries()) await input(t.option(words, at + 1)).fill(option[column]!);
    }
    for (const words of [t.value, t.people, t.sql]) await expect(input(t.option(words, 2)), "the table does not scroll sideways").toBeInViewport({ ratio: 0.95 });
    await fields.getByRole("radiogroup", { name: t.default }).getByText(t.all, { exact: true }).click();
    if (language === "en") await accessible(page);
    await picture(page, `write-designer-${language}`);
    await desk.sql("cards").fill(sql);
    const { period, text, partner, city, kind, columns } = fieldText;
    const designed = report(title, period + text + partner + city + kind + columns, sql);
    await desk.keeps(designed);
    await desk.save(2);
    expect(await desk.document()).toBe(designed);
  });

}

for (const language of inOne("ru")) {
  const t = texts[language];
  const look = { language, colorScheme: language === "ru" ? ("dark" as const) : ("light" as const) };

  test(`a designed form works where it is written and where it is run (${language})`, async ({ as, url }) => {
    const { period, text, partner, city, kind, columns } = fieldText;
    const { slug } = await makeReport(url, report(`Filled in ${language} ${Date.now()}`, period + text + partner + city + kind + columns, sql));
    const page = await as("analyst", look);
    const desk = deskOf(page, language, slug);
    const [shop, place, digit] = asked("SELECT p.name, dictGet('cities', 'name', city_id) AS city, substring(card_number, 1, 1) FROM cards c JOIN partners p ON p.id = c.partner_id WHERE p.id = 2 AND city_id > 0 AND kind = 'plastic' AND c.issued_on BETWEEN '2025-11-01' AND '2025-11-30' ORDER BY c.id LIMIT 1")[0]!;
    const fill = async () => {
      await page.getByRole("textbox", { name: "Partner", exact: true }).fill(shop!);
      await page.getByRole("option", { name: shop, exact: true }).click();
      await page.getByRole("textbox", { name: "City", exact: true }).fill(place!);
      await page.getByRole("option", { name: place, exact: true }).click();
      await page.getByRole("radio", { name: "Plastic", exact: true }).check();
      await page.getByRole("textbox", { name: "Beginning", exact: true }).fill(digit!);
      await expect(page.getByLabel(t.day("Period", "from"))).toHaveValue(t.written("2025-11-01"));
      await expect(page.getByRole("checkbox", { name: "Day", exact: true })).toBeChecked();
    };
    const grid = page.getByRole("grid", { name: /cards/ });
    await desk.open();
    await fill();
    await page.getByRole("button", { name: desk.t.run("cards") }).click();
    await expect(grid.getByRole("columnheader", { name: /weekday/ })).toBeVisible();
    await expect(grid.getByText("2025-11-").first()).toBeVisible();
    await picture(page, `write-form-${language}`);
    await page.goto(`/r/${slug}`);
    await fill();
    await expect(page.getByText("Digits: the first ones")).toBeVisible();
    await picture(page, `report-designed-${language}`);
    await page.getByRole("button", { name: desk.t.runReport, exact: true }).click();
    await expect(grid.getByRole("columnheader", { name: /weekday/ })).toBeVisible();
    await expect(grid.getByText("2025-11-").first()).toBeVisible();
  });

  test(`fields are renamed where they are used, moved, removed, and all of it undone (${language})`, async ({ as, url }) => {
    const title = `Redesigned ${language} ${Date.now()}`;
    const { period, text, partner, city, kind, columns } = fieldText;
    const useless = "  - {name: useless, type: input, kind: boolean} # nobody asks for it\n";
    const remark = "  # whose cards\n";
    const original = report(title, period + text + remark + partner + city + kind + useless + columns, sql);
    const renamed = (document: string) => document.replace("name: text", "name: beginning").replaceAll("{{ .text }}", "{{ .beginning }}");
    const { slug } = await makeReport(url, original);
    const page = await as("analyst", { ...look, viewport: { width: 1280, height: 1500 } });
    const desk = deskOf(page, language, slug);
    await desk.open();
    await desk.tab("designer");
    const fields = page.getByRole("region", { name: t.fields });
    const name = fields.getByRole("textbox", { name: t.name });
    await fields.getByRole("button", { name: /\.text$/ }).click();
    await expect(fields.getByText(t.uses)).toBeVisible();
    await name.fill("beginning");
    await name.press("Enter");
    await expect(desk.sql("cards")).toContainText("startsWith(card_number, {{ .beginning }}) AND length({{ .beginning }})");
    await fields.getByRole("button", { name: t.actions("Kind") }).click();
    await page.getByRole("menuitem", { name: t.remove }).click();
    await expect(page.getByRole("dialog", { name: t.removeTitle }).getByText(t.used)).toBeVisible();
    await picture(page, `write-designer-removing-${language}`);
    await page.getByRole("dialog").getByRole("button", { name: t.cancel }).click();
    await fields.getByRole("button", { name: t.actions("useless") }).click();
    await page.getByRole("menuitem", { name: t.remove }).click();
    await expect(fields.getByRole("listitem")).toHaveCount(6);
    await expect(name).toBeHidden();

    await drag(page, fields.getByRole("button", { name: t.drag("Beginning") }), fields.getByRole("button", { name: t.drag("Period") }));
    await expect(fields.getByRole("listitem").first()).toContainText("Beginning");
    const told = page.getByRole("status");
    await fields.getByRole("button", { name: t.drag("Period") }).focus();
    await page.keyboard.press("Space");
    await expect(told.getByText(t.picked).or(told.getByText(t.place(2)))).toHaveCount(1);
    await page.keyboard.press("ArrowDown");
    await expect(told.getByText(t.place(3))).toHaveCount(1);
    await page.keyboard.press("Space");
    await expect(told.getByText(t.dropped)).toHaveCount(1);
    const moved = renamed(report(title, text + remark + partner + period + city + kind + columns, sql));
    await desk.show("text");
    await desk.shows(moved);

    await endOf(desk.whole, "label: Kind");
    await page.keyboard.type(" of card");
    await expect(fields.getByRole("button", { name: /Kind of card/ }).first()).toBeVisible();
    await desk.undo();
    await expect(fields.getByRole("button", { name: /Kind of card/ })).toHaveCount(0);
    await desk.shows(moved);
    await desk.undo();
    await desk.undo();
    await desk.shows(renamed(report(title, period + text + remark + partner + city + kind + columns, sql)));
    await desk.undo();
    await desk.undo();
    await desk.shows(original);
    for (let step = 0; step < 4; step++) await desk.redo();
    await desk.shows(moved);
    await desk.keeps(moved);
    await desk.save(2);
    expect(await desk.document()).toBe(moved);
  });
}
