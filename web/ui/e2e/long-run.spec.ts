import { asked } from "./files.ts";
import { expect, picture, test } from "./journey.ts";
import { ok, people, signedIn } from "./people.ts";
import { makeReport, slowly } from "./reports.ts";

const title = `A long one to stop ${Date.now()}`;

/** What the engine itself says of the query, for a run may say that it is over while its query goes on. */
const going = () => asked(`SELECT count() FROM system.processes WHERE query LIKE '%${title}%' AND query NOT LIKE '%system.processes%'`);

test("a long run tells how it gets on, survives its tab, and really stops", async ({ as, url }) => {
  const { slug } = await makeReport(url, slowly(title));
  const page = await as("manager");
  await page.goto(`/r/${slug}`);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const progress = page.getByRole("region", { name: "How the run gets on" });
  await expect(progress.getByText(/[\d,]+ of 1,000,000,000 rows read/)).toBeVisible();
  await expect(progress.getByText(/so far/)).toBeVisible();
  expect(going()).toEqual([["1"]]);
  await picture(page, "run-going");
  const address = page.url();
  const id = new URL(address).searchParams.get("run")!;
  const context = page.context();
  await page.close();

  const back = await context.newPage();
  await back.goto("/runs");
  const line = back.getByRole("row").filter({ hasText: title });
  await expect(line.getByText("Running")).toBeVisible();
  await line.getByRole("link", { name: title }).click();
  await expect(back.getByRole("region", { name: "How the run gets on" }).getByText(/rows read/)).toBeVisible();
  await back.getByRole("button", { name: "Cancel the run" }).click();
  await expect(back.getByText(/This run was cancelled by (Misha|misha)/)).toBeVisible();
  const manager = await signedIn(url, people.manager.email);
  expect(await ok(manager.get(`/api/v1/runs/${id}`))).toMatchObject({ status: "cancelled" });
  await manager.dispose();
  await expect.poll(going).toEqual([["0"]]);
  await back.getByRole("button", { name: "Run again with these values" }).click();
  await expect(back).not.toHaveURL(address);
  await back.getByRole("button", { name: "Cancel the run" }).click();
  await expect(back.getByText(/This run was cancelled/)).toBeVisible();
});
