import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";

const themes = ["dark", "light"] as const;
const widths = [1440, 1024, 360];
const examinedWidths = [1440, 360];
const loadedMs = 20_000;

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(" ")}`);
}

/** Looks at the open page in both themes and at every width, once nothing stands for what is still to come. */
async function expectSound(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached({ timeout: loadedMs });
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(over, `${width} px: nothing runs over the side`).toBeLessThanOrEqual(0);
    if (!examinedWidths.includes(width)) continue;
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
      expect(await violationsOf(page), `${colorScheme}, ${width} px`).toEqual([]);
    }
  }
}

for (const path of [
  "/",
  "/queues",
  "/queues/e2e",
  "/jobs",
  "/jobs?tag=none",
  "/workers",
  "/jobs/1",
  "/no-such-page",
]) {
  test(`${path} violates no rule of accessibility in either theme at any width`, async ({ page }) => {
    test.slow();
    await page.goto(path);
    await expectSound(page);
  });
}

test("jobs and their list violate no rule of accessibility in either theme at any width", async ({
  page,
  producer,
}) => {
  test.slow();
  const { id } = await producer.enqueue("e2e-refuse", { text: "axe" });
  await page.goto(`/jobs/${id}`);
  await expect(page.getByText("Attempt 1 failed")).toBeVisible({ timeout: loadedMs });
  await expectSound(page);
  await page.goto("/jobs?state=dead");
  await expect(page.getByRole("checkbox").first()).toBeVisible();
  await expectSound(page);
});

for (const colorScheme of themes) {
  test(`dialogs violate no rule of accessibility, ${colorScheme}`, async ({ page, producer }) => {
    await page.emulateMedia({ colorScheme });
    const runAt = new Date(Date.now() + 3_600_000);
    const { id } = await producer.enqueue("e2e-echo", { text: "axe" }, { runAt });
    await page.goto(`/jobs/${id}`);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Cancel 1 job" }).click();
    await expect(page.getByText("Say why in a few words.")).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
  });
}
