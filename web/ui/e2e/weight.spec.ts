import { expect, test } from "./journey.ts";

const kilobyte = 1000;
const allowed = 250 * kilobyte;

/** Words that only the scripts of the editor, the charts, the calendar and the table have. */
const later = { editor: "cm-content", charts: "zrender", calendar: "mantine-DatePicker" };

test("the first visit takes less than 250 kB of script, without editor and charts", async ({ as, url }) => {
  const page = await as("analyst");
  const scripts: { name: string; bytes: number; text: string }[] = [];
  page.on("requestfinished", async (request) => {
    if (!request.url().startsWith(url) || !/\.js(\?|$)/.test(request.url())) return;
    const [{ responseBodySize: bytes }, text] = await Promise.all([request.sizes(), request.response().then((response) => response!.text())]);
    scripts.push({ name: request.url().split("/").at(-1)!, bytes, text });
  });
  await page.goto("/", { waitUntil: "networkidle" });
  await expect(page.getByRole("list", { name: "All reports" })).toBeVisible();
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js")).length);
  await expect.poll(() => scripts.length).toBe(asked);
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`Script of the first visit: ${(total / kilobyte).toFixed(1)} kB in ${scripts.length} files`);
  for (const { name, bytes } of scripts.sort((a, b) => b.bytes - a.bytes).slice(0, 8)) console.log(`  ${name} ${(bytes / kilobyte).toFixed(1)} kB`);
  expect(scripts.length).toBeGreaterThan(1);
  expect(total).toBeLessThan(allowed);
  for (const [part, word] of Object.entries(later)) expect(scripts.filter(({ text }) => text.includes(word)).map(({ name }) => `${part}: ${name}`)).toEqual([]);
});
