import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";

const words = "a fault for the keyboard";

/** Presses keys until the page, which listens a moment after it is drawn, has followed. */
async function press(page: Page, keys: readonly string[], followed: () => Promise<void>): Promise<void> {
  await expect(async () => {
    for (const key of keys) await page.keyboard.press(key);
    await followed();
  }).toPass({ timeout: 20_000 });
}

test("from the Board to a dead job and back it is triaged by keys: read, retried, discarded, taken back", async ({
  page,
  producer,
  database,
}) => {
  // A mouse event of any kind would show here.
  await page.addInitScript(() => {
    const counted = window as unknown as { mouseEvents: number };
    counted.mouseEvents = 0;
    for (const kind of ["mousedown", "pointerdown", "touchstart"])
      window.addEventListener(kind, () => counted.mouseEvents++, true);
  });
  const { id } = await producer.enqueue("e2e-fail", { message: words, text: "k" });
  const deaths = async () => {
    const { rows } = await database.query(
      "select count(*)::int as deaths from signalbox.attempts where job_id = $1 and decision->>'kind' = 'dead'",
      [id],
    );
    return rows[0].deaths as number;
  };
  const isDead = async () =>
    (await database.query("select from signalbox.dead where id = $1 and discarded_at is null", [id]))
      .rowCount === 1;
  await expect.poll(deaths, { timeout: 30_000 }).toBe(1);

  await page.goto("/");
  await expect(page.getByRole("list", { name: "Board" })).toBeVisible();
  await press(page, ["g", "x"], () => expect(page).toHaveURL(/\/dead-letter$/, { timeout: 2_000 }));
  const rows = page.getByRole("table", { name: "Dead jobs, newest first" }).locator("tbody tr");
  const mine = page.locator(`tr[data-row-id="${id}"]`);
  await expect(mine).toBeVisible({ timeout: 20_000 });
  /** The newest dead job is the first row; others may have come, so it is walked to. */
  const walk = async () => {
    await expect(async () => {
      await page.keyboard.press("j");
      await expect(mine.getByRole("link").first()).toBeFocused({ timeout: 200 });
    }).toPass({ timeout: 20_000 });
  };
  await walk();
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: /e2e-fail/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Attempts" })).toContainText(words);
  const dialog = page.getByRole("dialog");
  await press(page, ["r"], () => expect(dialog).toBeVisible({ timeout: 1_000 }));
  await expect(dialog.getByLabel(/Reason/)).toBeFocused();
  await page.keyboard.type("once more");
  await page.keyboard.press("Control+Enter");
  await expect.poll(deaths, { timeout: 30_000 }).toBe(2);
  await expect(page.getByRole("region", { name: "Attempts" })).toContainText("Attempt 2 failed", {
    timeout: 20_000,
  });

  await press(page, ["g", "x"], () => expect(page).toHaveURL(/\/dead-letter$/, { timeout: 2_000 }));
  await expect(mine).toBeVisible({ timeout: 20_000 });
  await walk();
  await page.keyboard.press("d");
  await expect(dialog.getByLabel(/Reason/)).toBeFocused();
  await page.keyboard.type("not wanted");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("1 job is discarded")).toBeVisible();
  await expect.poll(isDead).toBe(false);
  const takeBack = page.getByRole("button", { name: "Take back" });
  // The key of the notices.
  await page.keyboard.press("Alt+t");
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(takeBack).toBeFocused({ timeout: 100 });
  }).toPass({ timeout: 20_000 });
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 job is back in the dead letter")).toBeVisible();
  await expect.poll(isDead).toBe(true);
  await expect(rows.filter({ has: page.getByRole("link", { name: id }) })).toHaveCount(1);
  expect(await page.evaluate(() => (window as unknown as { mouseEvents: number }).mouseEvents)).toBe(0);
});
