import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../testing/console-test.ts";

/** Settled when there is nothing left that stands for what is still to come. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
}

for (const theme of ["dark", "light"] as const) {
  for (const width of [1440, 360]) {
    test.describe(`${theme}, ${width} px wide`, () => {
      test.use({ colorScheme: theme, viewport: { width, height: 800 } });

      test("no page violates a rule of accessibility or runs over its side", async ({ page, producer }) => {
        test.slow();
        const { id: dead } = await producer.enqueue("e2e-refuse", { text: "axe" });
        const { id: done } = await producer.enqueue("e2e-stumble", { text: "axe" });
        await page.goto(`/jobs/${done}`);
        await expect(page.getByText("Attempt 2 completed")).toBeVisible({ timeout: 20_000 });
        const paths = [
          "/",
          "/queues",
          "/queues/e2e",
          "/jobs",
          "/jobs?state=dead",
          "/jobs?tag=none",
          "/workers",
        ];
        for (const path of [...paths, `/jobs/${dead}`, `/jobs/${done}`, "/jobs/1", "/no-such-page"]) {
          await page.goto(path);
          await settled(page);
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.target.join(" ")}`)).toEqual(
            [],
          );
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(over, `${path} runs over its side`).toBeLessThanOrEqual(0);
        }
      });
    });
  }

  test(`dialogs violate no rule of accessibility, ${theme}`, async ({ page, producer }) => {
    await page.emulateMedia({ colorScheme: theme });
    const { id } = await producer.enqueue(
      "e2e-echo",
      { text: "axe" },
      { runAt: new Date(Date.now() + 3_600_000) },
    );
    await page.goto(`/jobs/${id}`);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Cancel 1 job" }).click();
    await expect(page.getByText("Say why in a few words.")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include("[role=dialog]").analyze();
    expect(violations.map(({ id: rule, nodes }) => `${rule} ${nodes[0]?.target.join(" ")}`)).toEqual([]);
  });
}
