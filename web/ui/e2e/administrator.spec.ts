import { asked, csvRows, take } from "./files.ts";
import { expect, picture, test } from "./journey.ts";
import { ok, people, signedIn } from "./people.ts";
import { makeReport } from "./reports.ts";

const partners = `---
title: For one's own partners
form:
  - {name: partner, label: Partner, type: select, kind: integer, required: true, options: {sql: "SELECT id AS value, name AS label FROM partners ORDER BY name"}}
---
\`\`\`sql rows
SELECT name FROM partners WHERE id = {{ .partner }}
\`\`\`
`;

test("an administrator adds a person who chooses their own password, and limits what they may choose", async ({ as, url }) => {
  const { slug, id } = await makeReport(url, partners);
  const groupName = `Two partners ${Date.now()}`;
  const email = `nina.${Date.now()}@example.com`;
  const [[first], [second], [other]] = asked("SELECT name FROM partners WHERE id IN (2, 3, 4) ORDER BY id") as [string[], string[], string[]];
  const page = await as("admin");
  await page.goto("/people");
  await page.getByRole("button", { name: "Add a person" }).click();
  const adding = page.getByRole("dialog", { name: "Add a person" });
  await adding.getByLabel("Email").fill(email);
  await adding.getByLabel("Name").fill("Nina New");
  await expect(adding.getByRole("radio", { name: /^Member/ })).toBeChecked();
  await adding.getByRole("button", { name: "Add a person" }).click();
  await expect(adding.getByText(`Password of ${email}`)).toBeVisible();
  const once = await adding.getByRole("code").innerText();
  await adding.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row").filter({ hasText: email }).getByText("Has not signed in yet")).toBeVisible();
  await picture(page, "people");

  await page.getByRole("tab", { name: "Groups" }).click();
  await page.getByLabel("New group").fill(groupName);
  await page.getByRole("button", { name: "Make the group" }).click();
  const group = page.getByRole("dialog", { name: groupName });
  await group.getByLabel("Put somebody in the group").fill(email);
  await page.getByRole("option", { name: `Nina New (${email})` }).click();
  await expect(group.getByText(`Nina New · ${email}`)).toBeVisible();
  await group.getByRole("button", { name: "Limit a field" }).click();
  await group.getByRole("textbox", { name: "Field" }).fill("partner");
  await group.getByLabel("Values").pressSequentially("2,3,");
  await picture(page, "group-limits");
  await group.getByRole("button", { name: "Save" }).click();
  await expect(group).toBeHidden();
  await expect(page.getByRole("row").filter({ hasText: groupName }).getByText("partner: 2, 3")).toBeVisible();
  const administrator = await signedIn(url, people.admin.email);
  const groups = (await ok(administrator.get("/api/v1/groups"))) as { items: { id: string; name: string }[] };
  await ok(administrator.post(`/api/v1/reports/${id}/grants`, { data: { level: "run", group_id: groups.items.find(({ name }) => name === groupName)!.id } }));
  await administrator.dispose();

  const nina = await as(null);
  await nina.goto(`/r/${slug}`);
  await nina.getByLabel("Email").fill(email);
  await nina.getByLabel(/^Password/).fill(once);
  await nina.getByRole("button", { name: "Sign in" }).click();
  await expect(nina.getByRole("heading", { name: "Choose your password" })).toBeVisible();
  await nina.getByLabel(/^Password you have now/).fill(once);
  await nina.getByLabel(/^New password\b(?! once)/).fill("a password of her own 1");
  await nina.getByLabel(/^New password once more/).fill("a password of her own 2");
  await nina.getByRole("button", { name: "Change password" }).click();
  await expect(nina.getByText("The two new passwords are not the same.")).toBeVisible();
  await nina.getByLabel(/^New password once more/).fill("a password of her own 1");
  await nina.getByRole("button", { name: "Change password" }).click();
  await nina.getByRole("textbox", { name: "Partner" }).click();
  await expect(nina.getByRole("option")).toHaveText([first, second].sort() as string[]);
  await expect(nina.getByText(other!, { exact: true })).toBeHidden();
  await picture(nina, "limited-person");
  await nina.getByRole("option", { name: second!, exact: true }).click();
  await nina.getByRole("button", { name: "Run", exact: true }).click();
  expect(csvRows(await take(nina, nina.getByRole("link", { name: /^Download CSV/ })))).toEqual([["name"], [second]]);
  const refused = await nina.request.post(`/api/v1/reports/${slug}/runs`, { data: { values: { partner: 4 } } });
  expect(refused.status()).toBe(422);
  await nina.goto("/");
  await expect(nina.getByRole("list", { name: "All reports" }).getByRole("link", { name: "Best customers" })).toBeHidden();

  await page.goto("/audit");
  await page.getByRole("searchbox", { name: "Words" }).fill("Nina");
  await expect(page.getByRole("row").filter({ hasText: "added a person" }).first()).toBeVisible();
  await page.getByRole("searchbox", { name: "Words" }).fill("");
  await expect(page).not.toHaveURL(/search=/);
  await page.getByRole("searchbox", { name: "Person" }).fill(email);
  await expect(page.getByRole("row").filter({ hasText: "ran a report" }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "took a file" }).first()).toBeVisible();
  await picture(page, "audit");
});

test("a connection that does not work says in words what is wrong, before it is saved and after", async ({ as }) => {
  const page = await as("admin");
  await page.goto("/connections");
  await page.getByRole("button", { name: "Connect a database" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("nowhere");
  await dialog.getByLabel("Address", { exact: false }).first().fill("http://reader:secret-word@127.0.0.1:1/shop");
  await dialog.getByRole("button", { name: "Test" }).click();
  await expect(dialog.getByText("It does not answer")).toBeVisible();
  await expect(dialog.getByText(/127\.0\.0\.1:1/)).toBeVisible();
  await expect(dialog.getByRole("status").or(dialog.getByRole("alert")).getByText("secret-word")).toBeHidden();
  await picture(page, "connection-fails");
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(dialog).toBeHidden();
  const card = page.getByRole("listitem").filter({ hasText: "nowhere" });
  await card.getByRole("button", { name: "Test" }).click();
  await expect(card.getByText("It does not answer")).toBeVisible();
  await expect(card.getByText("secret-word")).toBeHidden();
  const warehouse = page.getByRole("listitem").filter({ hasText: "warehouse" });
  await warehouse.getByRole("button", { name: "Test" }).click();
  await expect(warehouse.getByText(/It answers in/)).toBeVisible();
  await card.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(card).toBeHidden();
});

test("an administrator sees how the service is", async ({ as }) => {
  const page = await as("admin");
  await page.goto("/");
  await page.getByRole("link", { name: "System" }).click();
  await expect(page.getByText("Everything the service needs answers")).toBeVisible();
  for (const part of ["Database", "Built-in engine", "Files"]) await expect(page.getByText(part, { exact: true }).first()).toBeVisible();
  await picture(page, "system");
});
