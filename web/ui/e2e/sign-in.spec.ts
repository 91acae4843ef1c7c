import { accessible, expect, fits, phone, picture, test } from "./journey.ts";
import { password, people } from "./people.ts";

test("a person signs in and comes to the page they wanted", async ({ as }) => {
  const page = await as(null);
  await page.goto("/runs");
  await expect(page.getByRole("heading", { name: "Vitrina", level: 1 })).toBeVisible();
  await accessible(page);
  await picture(page, "sign-in");
  await page.getByLabel("Email").fill(people.manager.email);
  await page.getByLabel(/^Password/).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel(/^Password/).fill(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("по-русски, с телефона и в тёмном оформлении", async ({ as }) => {
  const page = await as(null, { ...phone, language: "ru", colorScheme: "dark" });
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Войти" })).toBeVisible();
  expect(await page.locator("html").getAttribute("lang")).toBe("ru");
  await fits(page);
  await accessible(page);
  await picture(page, "sign-in-ru-dark-phone");
});

test("nobody is led to another site after signing in", async ({ as, url }) => {
  const page = await as(null);
  await page.goto("/sign-in?next=//example.com/");
  await page.getByLabel("Email").fill(people.marketer.email);
  await page.getByLabel(/^Password/).fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation")).toBeVisible();
  expect(page.url()).toBe(`${url}/`);
});
