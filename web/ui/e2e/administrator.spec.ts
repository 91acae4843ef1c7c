import type { Page } from "@playwright/test";

import { asked, csvRows, take } from "./files.ts";
import { accessible, expect, picture, test } from "./journey.ts";
import { ok, people, signedIn } from "./people.ts";
import { makeReport, oneCell, runReport } from "./reports.ts";

const texts = {
  en: {
    email: "Email", password: /^Password/, signIn: "Sign in", run: "Run", runs: "Runs", csv: /^Download CSV/, save: "Save",
    add: "Add a person", name: "Name", member: /^Member/, analyst: /^Analyst/, once: (email: string) => `Password of ${email}`, done: "Done", notYet: "Has not signed in yet",
    nina: "Nina New", groups: "Groups", newGroup: "New group", group: "Two partners", makeGroup: "Make the group", putIn: "Put somebody in the group",
    limit: "Limit a field", field: "Field", values: "Values", choose: "Choose your password", now: /^Password you have now/, first: /^New password\b(?! once)/, second: /^New password once more/,
    change: "Change password", differ: "The two new passwords are not the same.", partner: "Partner", oneReport: /1 report$/,
    ivan: "Ivan Incomer", find: "Name or email", reports: "Reports", newReport: "New report", data: "Data", roleNow: "Analyst", source: "Source",
    databases: "Databases", onlyAdministrators: "Administrators only.", giveTo: "Let somebody write SQL for", mayNot: (name: string, source: string) => `${name} may no longer write SQL for ${source}`,
    signOut: "Sign out everywhere", signedOut: "Signed out", ended: "Your session has ended", disable: "Disable", disabled: "Disabled", enable: "Enable again", close: "Close",
    wrong: "The email or the password is wrong.",
    whoDid: "Person", kind: "Kind", files: "Files taken", words: "Words", from: "From", took: "took a file", ran: "ran a report", entered: "signed in", nothing: "Nothing of the kind happened",
    details: "Details of took a file", file: "File", onlyOne: "Only about one thing", showAll: "Show everything",
    connect: "Connect a database", address: /^Address/, test: "Test", silent: "It does not answer", refused: "at 127.0.0.1:1: the connection was refused", answers: /^It answers in/, connectIt: "Connect", disconnect: "Disconnect",
    system: "System", well: "Everything the service needs answers", parts: ["Database", "Built-in engine", "Files"], allRuns: "All runs", whose: "Whose runs", everybodys: "All runs",
    report: "Report", person: "Who", status: "Status", failed: "Failed", succeeded: "Done", noneFits: "No run fits these filters", clear: "Clear the filters", ranBy: /^Run by Misha Manager/,
  },
  ru: {
    email: "Эл. почта", password: /^Пароль/, signIn: "Войти", run: "Запустить", runs: "Запуски", csv: /^Скачать CSV/, save: "Сохранить",
    add: "Добавить человека", name: "Имя", member: /^Участник/, analyst: /^Аналитик/, once: (email: string) => `Пароль для ${email}`, done: "Готово", notYet: "Ждём первого входа",
    nina: "Нина Новая", groups: "Группы", newGroup: "Новая группа", group: "Два партнёра", makeGroup: "Создать группу", putIn: "Добавить в группу",
    limit: "Ограничить поле", field: "Поле", values: "Значения", choose: "Придумайте пароль", now: /^Текущий пароль/, first: /^Новый пароль(?! ещё)/, second: /^Новый пароль ещё раз/,
    change: "Сменить пароль", differ: "Новые пароли не совпадают.", partner: "Партнёр", oneReport: /1 отчёт$/,
    ivan: "Иван Новенький", find: "Имя или почта", reports: "Отчёты", newReport: "Новый отчёт", data: "Данные", roleNow: "Аналитик", source: "Источник",
    databases: "Базы данных", onlyAdministrators: "Только администраторы.", giveTo: "Дать право писать SQL для", mayNot: (name: string, source: string) => `Отозвать у ${name} право писать SQL для ${source}`,
    signOut: "Завершить все сеансы", signedOut: "Сеансы завершены", ended: "Сеанс завершён", disable: "Запретить вход", disabled: "Вход запрещён", enable: "Разрешить вход", close: "Закрыть",
    wrong: "Неверная почта или пароль.",
    whoDid: "Человек", kind: "Вид", files: "Скачивания", words: "Поиск", from: "С", took: "скачивание файла", ran: "запуск отчёта", entered: "вход", nothing: "Таких событий нет",
    details: "Подробности: скачивание файла", file: "Файл", onlyOne: "Показаны события одного объекта.", showAll: "Показать всё",
    connect: "Подключить базу", address: /^Адрес/, test: "Проверить", silent: "Не отвечает", refused: "по адресу 127.0.0.1:1: соединение отклонено", answers: /^Ответ получен за/, connectIt: "Подключить", disconnect: "Отключить",
    system: "Система", well: "Все компоненты в порядке", parts: ["База данных", "Встроенный движок", "Файлы"], allRuns: "Все запуски", whose: "Чьи запуски", everybodys: "Все запуски",
    report: "Отчёт", person: "Кто", status: "Состояние", failed: "Ошибка", succeeded: "Готово", noneFits: "Под эти фильтры ничего не подходит", clear: "Сбросить фильтры", ranBy: /^Кто запустил: Misha Manager/,
  },
} as const;

/** Somebody whom only one journey has, with a password of their own. */
async function addPerson(url: string, name: string): Promise<{ email: string; password: string }> {
  const email = `person.${Date.now()}@example.com`;
  const password = "a password of their own 1";
  const administrator = await signedIn(url, people.admin.email);
  const made = (await ok(administrator.post("/api/v1/people", { data: { email, name, role: "member", groups: [] } }))) as { password: string };
  const person = await signedIn(url, email, made.password);
  await ok(person.put("/api/v1/me/password", { data: { current: made.password, new: password } }));
  await Promise.all([administrator.dispose(), person.dispose()]);
  return { email, password };
}

for (const language of ["en", "ru"] as const) {
  const t = texts[language];

  const signIn = async (page: Pick<Page, "getByLabel" | "getByRole">, password: string, email?: string) => {
    if (email !== undefined) await page.getByLabel(t.email).fill(email);
    await page.getByLabel(t.password).fill(password);
    await page.getByRole("button", { name: t.signIn }).click();
  };

  test(`an administrator adds a person who chooses their own password, and limits what they may choose (${language})`, async ({ as, url }) => {
    const own = `Partners ${language}`;
    const { slug, id } = await makeReport(url, `---
title: ${t.group}
form:
  - {name: partner, label: ${t.partner}, type: select, kind: integer, required: true, options: {sql: "SELECT id AS value, name AS label FROM partners ORDER BY name"}}
---
\`\`\`sql rows
SELECT name FROM partners WHERE id = {{ .partner }}
\`\`\`
`, { into: own });
    const groupName = `${t.group} ${Date.now()}`;
    const email = `nina.${Date.now()}@example.com`;
    const [[first], [second], [other]] = asked("SELECT name FROM partners WHERE id IN (2, 3, 4) ORDER BY id") as [string[], string[], string[]];
    const page = await as("admin", { language });
    await page.goto("/people");
    await page.getByRole("button", { name: t.add }).click();
    const adding = page.getByRole("dialog", { name: t.add });
    await adding.getByLabel(t.email).fill(email);
    await adding.getByLabel(t.name).fill(t.nina);
    await expect(adding.getByRole("radio", { name: t.member })).toBeChecked();
    await picture(page, `person-new-${language}`);
    await adding.getByRole("button", { name: t.add }).click();
    await expect(adding.getByText(t.once(email))).toBeVisible();
    await picture(page, `person-password-${language}`);
    const once = await adding.getByRole("code").innerText();
    await adding.getByRole("button", { name: t.done }).click();
    await expect(page.getByRole("row").filter({ hasText: email }).getByText(t.notYet)).toBeVisible();
    await picture(page, `people-${language}`);

    await page.getByRole("tab", { name: t.groups }).click();
    await page.getByLabel(t.newGroup).fill(groupName);
    await page.getByRole("button", { name: t.makeGroup }).click();
    const group = page.getByRole("dialog", { name: groupName });
    await group.getByRole("combobox", { name: t.putIn }).fill(email);
    await page.getByRole("option", { name: `${t.nina} (${email})` }).click();
    await expect(group.getByText(`${t.nina} · ${email}`)).toBeVisible();
    await group.getByRole("button", { name: t.limit }).click();
    await group.getByRole("textbox", { name: t.field }).fill("partner");
    await group.getByLabel(t.values).pressSequentially("2,3,");
    await picture(page, `group-limits-${language}`);
    await group.getByRole("button", { name: t.save }).click();
    await expect(group).toBeHidden();
    await expect(page.getByRole("row").filter({ hasText: groupName }).getByText("partner: 2, 3")).toBeVisible();
    await picture(page, `groups-${language}`);
    const administrator = await signedIn(url, people.admin.email);
    const groups = (await ok(administrator.get("/api/v1/groups"))) as { items: { id: string; name: string }[] };
    await ok(administrator.post(`/api/v1/reports/${id}/grants`, { data: { level: "run", group_id: groups.items.find(({ name }) => name === groupName)!.id } }));
    await administrator.dispose();

    const nina = await as(null, { language });
    await nina.goto(`/r/${slug}`);
    await signIn(nina, once, email);
    await expect(nina.getByRole("heading", { name: t.choose })).toBeVisible();
    await nina.getByLabel(t.now).fill(once);
    await nina.getByLabel(t.first).fill("a password of her own 1");
    await nina.getByLabel(t.second).fill("a password of her own 2");
    await nina.getByRole("button", { name: t.change }).click();
    await expect(nina.getByText(t.differ)).toBeVisible();
    await picture(nina, `choose-password-${language}`);
    await nina.getByLabel(t.second).fill("a password of her own 1");
    await nina.getByRole("button", { name: t.change }).click();
    await nina.getByRole("textbox", { name: t.partner }).click();
    await expect(nina.getByRole("option")).toHaveText([first, second].sort() as string[]);
    await expect(nina.getByText(other!, { exact: true })).toBeHidden();
    await picture(nina, `limited-person-${language}`);
    await nina.getByRole("option", { name: second!, exact: true }).click();
    await nina.getByRole("button", { name: t.run, exact: true }).click();
    expect(csvRows(await take(nina, nina.getByRole("link", { name: t.csv })))).toEqual([["name"], [second]]);
    const refused = await nina.request.post(`/api/v1/reports/${slug}/runs`, { data: { values: { partner: 4 } } });
    expect(refused.status()).toBe(422);
    await nina.goto("/");
    await expect(nina.getByRole("listitem").filter({ hasText: own })).toHaveText(t.oneReport);
    await expect(nina.getByRole("link", { name: "Best customers" })).toBeHidden();
  });

  test(`an administrator gives a person a role and a database, and takes back all they may (${language})`, async ({ as, url }) => {
    const name = `${t.ivan} ${Date.now()}`;
    const { email, password } = await addPerson(url, name);
    const source = `archive_${Date.now()}`;
    const administrator = await signedIn(url, people.admin.email);
    await ok(administrator.post("/api/v1/sources", { data: { name: source, driver: "postgres", dsn: "postgres://reader:nothing@127.0.0.1:1/archive" } }));
    const ivan = await as(null, { language });
    await ivan.goto("/runs");
    await signIn(ivan, password, email);
    await expect(ivan.getByRole("navigation").getByRole("link")).toHaveText([t.reports, t.runs]);

    const page = await as("admin", { language });
    await page.goto("/people");
    const row = page.getByRole("row").filter({ hasText: email });
    const dialog = page.getByRole("dialog", { name });
    await page.getByRole("searchbox", { name: t.find }).fill(email);
    await row.getByRole("button", { name }).click();
    await dialog.getByRole("radio", { name: t.analyst }).check();
    await picture(page, `person-${language}`);
    await dialog.getByRole("button", { name: t.save }).click();
    await expect(dialog).toBeHidden();
    await expect(row.getByText(t.roleNow, { exact: true })).toBeVisible();

    await page.getByRole("tab", { name: t.databases }).click();
    const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: source }) });
    await expect(card.getByText(t.onlyAdministrators)).toBeVisible();
    await card.getByRole("combobox", { name: `${t.giveTo} ${source}` }).fill(name);
    await page.getByRole("option", { name: `${name} (${email})` }).click();
    await expect(card.getByText(name, { exact: true })).toBeVisible();
    await accessible(page);
    await picture(page, `database-rights-${language}`);
    await ivan.reload();
    await ivan.getByRole("link", { name: t.data }).click();
    const sources = ivan.getByRole("combobox", { name: t.source });
    await sources.click();
    await expect(ivan.getByRole("option", { name: source })).toBeVisible();
    await card.getByRole("button", { name: t.mayNot(name, source) }).click();
    await expect(card.getByText(t.onlyAdministrators)).toBeVisible();
    await ivan.reload();
    await sources.click();
    await expect(ivan.getByRole("option", { name: "warehouse" })).toBeVisible();
    await expect(ivan.getByRole("option", { name: source })).toBeHidden();
    await ivan.keyboard.press("Escape");

    await page.goto("/people");
    await row.getByRole("button", { name }).click();
    await dialog.getByRole("button", { name: t.signOut }).click();
    await expect(dialog.getByRole("button", { name: t.signedOut })).toBeVisible();
    await dialog.getByRole("button", { name: t.disable }).click();
    await expect(dialog.getByRole("button", { name: t.enable })).toBeVisible();
    await picture(page, `person-disabled-${language}`);
    await dialog.getByRole("button", { name: t.close }).click();
    await expect(row.getByText(t.disabled)).toBeVisible();
    await ivan.getByRole("link", { name: t.runs, exact: true }).click();
    const ended = ivan.getByRole("dialog", { name: t.ended });
    await signIn(ended, password);
    await expect(ended.getByRole("alert")).toContainText(t.wrong);
    await picture(ivan, `person-refused-${language}`);
    await row.getByRole("button", { name }).click();
    await dialog.getByRole("button", { name: t.enable }).click();
    await expect(row.getByText(t.disabled)).toBeHidden();
    await signIn(ended, password);
    await expect(ended).toBeHidden();
    await ok(administrator.delete(`/api/v1/sources/${source}`));
    await administrator.dispose();
  });

  test(`an administrator finds in the audit who took which file (${language})`, async ({ as, url }) => {
    const title = `${t.group} ${Date.now()}`;
    const { slug, id } = await makeReport(url, oneCell(title, "SELECT 1 AS one"));
    const name = `${t.ivan} ${Date.now()}`;
    const { email, password } = await addPerson(url, name);
    const administrator = await signedIn(url, people.admin.email);
    const found = (await ok(administrator.get(`/api/v1/people?search=${email}`))) as { items: { id: string }[] };
    await ok(administrator.post(`/api/v1/reports/${id}/grants`, { data: { level: "run", person_id: found.items[0]!.id } }));
    await administrator.dispose();
    const person = await signedIn(url, email, password);
    const run = await runReport(person, slug);
    const csv = run.artifacts.find(({ format }) => format === "csv")!;
    expect((await person.get(csv.url)).status()).toBe(200);
    await person.dispose();

    const page = await as("admin", { language });
    await page.goto("/audit");
    const events = page.getByRole("row").filter({ hasText: name });
    await page.getByRole("searchbox", { name: t.whoDid }).fill(name);
    for (const action of [t.entered, t.ran, t.took]) await expect(events.getByRole("cell", { name: action, exact: true }).first()).toBeVisible();
    await accessible(page);
    await picture(page, `audit-${language}`);
    await page.getByRole("combobox", { name: t.kind }).selectOption(t.files);
    await expect(events).toHaveCount(1);
    await expect(events.getByRole("cell", { name: t.took, exact: true })).toBeVisible();
    await events.getByRole("button", { name: t.details }).click();
    await expect(page.getByRole("term").filter({ hasText: t.file })).toBeVisible();
    await picture(page, `audit-details-${language}`);
    await page.getByLabel(t.from, { exact: true }).fill("2100-01-01");
    await expect(page.getByText(t.nothing)).toBeVisible();
    await picture(page, `audit-nothing-${language}`);

    await page.goto("/audit");
    await page.getByRole("searchbox", { name: t.words }).fill(title);
    const about = page.getByRole("row").filter({ hasText: title });
    await about.filter({ hasText: t.ran }).getByRole("button", { name: title }).click();
    await expect(page.getByText(t.onlyOne)).toBeVisible();
    await page.getByRole("button", { name: t.showAll }).click();
    await expect(page).not.toHaveURL(/object=/);
  });

  test(`a connection that does not work says in words what is wrong, before it is saved and after (${language})`, async ({ as }) => {
    const name = `nowhere_${language}`;
    const page = await as("admin", { language });
    await page.goto("/connections");
    await page.getByRole("button", { name: t.connect }).click();
    const dialog = page.getByRole("dialog", { name: t.connect });
    await dialog.getByLabel(t.name).fill(name);
    await dialog.getByLabel(t.address).fill("http://reader:secret-word@127.0.0.1:1/shop");
    await dialog.getByRole("button", { name: t.test }).click();
    await expect(dialog.getByRole("status")).toContainText(t.silent);
    await expect(dialog.getByRole("status")).toContainText(t.refused);
    await expect(dialog.getByRole("status")).not.toContainText("secret-word");
    await picture(page, `connection-fails-${language}`);
    await dialog.getByRole("button", { name: t.connectIt, exact: true }).click();
    await expect(dialog).toBeHidden();
    const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
    await card.getByRole("button", { name: t.test }).click();
    await expect(card.getByRole("status")).toContainText(t.silent);
    await expect(card).not.toContainText("secret-word");
    const warehouse = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "warehouse" }) });
    await warehouse.getByRole("button", { name: t.test }).click();
    await expect(warehouse.getByText(t.answers)).toBeVisible();
    await picture(page, `connections-tested-${language}`);
    await card.getByRole("button", { name: t.disconnect }).click();
    await page.getByRole("dialog").getByRole("button", { name: t.disconnect }).click();
    await expect(card).toBeHidden();
  });

  test(`an administrator sees how the service is, and what everybody runs (${language})`, async ({ as, url }) => {
    const title = `${t.group} ${Date.now()}`;
    const { slug } = await makeReport(url, oneCell(title, "SELECT number FROM numbers(3)"));
    const manager = await signedIn(url, people.manager.email);
    await runReport(manager, slug);
    await manager.dispose();
    const page = await as("admin", { language });
    await page.goto("/");
    await page.getByRole("link", { name: t.system }).click();
    await expect(page.getByRole("status").filter({ hasText: t.well })).toBeVisible();
    for (const part of t.parts) await expect(page.getByText(part, { exact: true }).first()).toBeVisible();
    await picture(page, `system-${language}`);

    await page.getByRole("link", { name: t.allRuns }).click();
    await expect(page.getByRole("radiogroup", { name: t.whose }).getByRole("radio", { name: t.everybodys })).toBeChecked();
    const run = page.getByRole("row").filter({ hasText: title });
    await expect(run.getByText(people.manager.name)).toBeVisible();
    await picture(page, `all-runs-${language}`);
    await page.getByRole("combobox", { name: t.report }).fill(title);
    await page.getByRole("option", { name: title }).click();
    await page.getByRole("combobox", { name: t.person }).fill("Misha");
    await page.getByRole("option", { name: "Misha Manager" }).click();
    await expect(page.getByRole("row")).toHaveCount(2);
    await page.getByRole("combobox", { name: t.status }).click();
    await page.getByRole("option", { name: t.failed }).click();
    await expect(page.getByText(t.noneFits)).toBeVisible();
    await picture(page, `all-runs-none-${language}`);
    await page.getByRole("main").getByRole("button", { name: t.clear }).last().click();
    await expect(run.getByText(t.succeeded)).toBeVisible();
    await run.getByRole("link", { name: title, exact: true }).click();
    await expect(page.getByText(t.ranBy)).toBeVisible();
    expect(csvRows(await take(page, page.getByRole("link", { name: t.csv })))).toEqual([["number"], ["0"], ["1"], ["2"]]);
    await picture(page, `run-of-somebody-${language}`);
  });
}
