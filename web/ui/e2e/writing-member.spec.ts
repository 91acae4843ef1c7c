import { asked } from "./files.ts";
import { accessible, expect, picture, test } from "./journey.ts";
import { ok, people, signedIn } from "./people.ts";
import { makeReport, oneCell } from "./reports.ts";
import { deskOf, endOf, inOne } from "./writing.ts";

const texts = {
  en: {
    see: "See it as a member", preview: "Preview", as: "Seen by", members: (group: string) => `Members of ${group}`, limited: "You can choose among what is open to you.", close: "Close the preview", result: "Result",
  },
  ru: {
    see: "Посмотреть глазами участника", preview: "Предпросмотр", as: "Кто смотрит", members: (group: string) => `Участники группы ${group}`, limited: "Можно выбрать из того, что вам доступно.", close: "Закрыть предпросмотр", result: "Результат",
  },
} as const;

const form = `  - name: partner
    label: Partner
    type: select
    kind: integer
    required: true
    options:
      sql: SELECT id AS value, name AS label FROM partners ORDER BY name`;

for (const language of inOne("ru")) {
  const t = texts[language];

  test(`a report is looked at as a member of a group that may see only certain values (${language})`, async ({ as, url }) => {
    const group = `Two partners ${language} ${Date.now()}`;
    const admin = await signedIn(url, people.admin.email);
    await ok(admin.post("/api/v1/groups", { data: { name: group, limits: { partner: ["2", "3"] } } }));
    await admin.dispose();
    const document = oneCell(`Looked at ${language} ${Date.now()}`, "SELECT name FROM partners WHERE id = {{ .partner }}", form);
    const { slug } = await makeReport(url, document);
    const page = await as("analyst", { language, colorScheme: language === "ru" ? "dark" : "light" });
    const desk = deskOf(page, language, slug);
    await desk.open();
    await endOf(desk.sql("rows"), "SELECT name");
    await page.keyboard.type(" OR id = 0");
    const written = document.replace("{{ .partner }}", "{{ .partner }} OR id = 0");
    await page.getByRole("button", { name: desk.t.more, exact: true }).click();
    await page.getByRole("menuitem", { name: t.see }).click();
    const preview = page.getByRole("dialog", { name: t.preview });
    await preview.getByRole("textbox", { name: "Partner" }).click();
    await expect.poll(() => page.getByRole("option").count()).toBeGreaterThan(3);
    await page.keyboard.press("Escape");

    await preview.getByLabel(t.as).fill(group);
    await page.getByRole("option", { name: t.members(group) }).click();
    await expect(preview.getByText(t.limited)).toBeVisible();
    const names = asked("SELECT name FROM partners WHERE id IN (2, 3) ORDER BY name").flat();
    await preview.getByLabel("Partner").first().click();
    await expect(page.getByRole("option")).toHaveText(names);
    await picture(page, `write-member-options-${language}`);
    await page.getByRole("option", { name: names[1], exact: true }).click();
    await preview.getByRole("button", { name: desk.t.runReport, exact: true }).click();
    await expect(preview.getByRole("region", { name: t.result }).getByRole("gridcell")).toHaveText([names[1]!]);
    if (language === "en") await accessible(page);
    await picture(page, `write-member-${language}`);

    await preview.getByRole("button", { name: t.close }).click();
    await expect(preview).toBeHidden();
    await desk.show("text");
    await desk.shows(written);
    await desk.keeps(written);
    expect(await desk.document()).toBe(document);
  });
}
