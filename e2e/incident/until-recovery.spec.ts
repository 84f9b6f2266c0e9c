import type { Page } from "@playwright/test";
import { expect, test } from "./incident-test.ts";

const settledMs = 40_000;
const verdict = (page: Page) => page.getByRole("region", { name: "Verdict" });

/** Fills the reason that the dialog in front asks for, and does what its button says. */
async function confirm(page: Page, button: string | RegExp, reason?: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  if (reason) await dialog.getByLabel(/Reason/).fill(reason);
  await dialog.getByRole("button", { name: button }).click();
}

test.use({ role: "operator" });

test("an incident from alert to recovery: seen, held, its policy tried and changed, retried with care, all clear", async ({
  page,
  database,
  incident,
}) => {
  test.setTimeout(180_000);
  const dead = async () => {
    const { rows } = await database.query("select count(*)::int as jobs from signalbox.dead");
    return rows[0].jobs as number;
  };

  await test.step("the Overview says what is wrong and whose fault it is, and leads to the failure", async () => {
    await page.goto("/");
    await expect(verdict(page)).toContainText(/billing fails \d+ % of its attempts/, { timeout: settledMs });
    await expect(verdict(page)).toContainText("payments-api is down, theirs, not ours");
    await expect(verdict(page)).toContainText("not the workers");
    await verdict(page).getByRole("link", { name: "payments-api is down" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("POST /charges answered 503");
    await expect(page.getByRole("region", { name: "Is it safe to retry all?" })).toContainText("Wait.");
  });
  const groupUrl = page.url();

  await test.step("the queue is paused, so that no further job fails", async () => {
    await page.goto("/queues/billing");
    await page.getByRole("button", { name: "Pause" }).click();
    await confirm(page, "Pause queue", "payments is down");
    await expect(page.getByText("billing is paused")).toBeVisible();
    await incident.charge(2_000);
    await page.goto("/");
    await expect(verdict(page)).toContainText(/billing is paused · [\d,]+ jobs wait there/, {
      timeout: settledMs,
    });
  });

  await test.step("a more patient policy is tried on what was recorded, and saved", async () => {
    await page.goto("/policies/incident");
    await page.getByLabel("Attempts at most").fill("12");
    const backtest = page.getByRole("region", { name: "Backtest" });
    await backtest.getByRole("button", { name: /Run/ }).click();
    await expect(backtest.getByRole("table", { name: "Backtest" })).toBeVisible({ timeout: settledMs });
    await expect(backtest.getByRole("row", { name: /^Dead/ })).toBeVisible();
    await page
      .getByRole("region", { name: "Unsaved changes" })
      .getByRole("button", { name: "Save version 3" })
      .click();
    await confirm(page, "Save version 3", "the outage outlasts six attempts");
    await expect(page.getByText("incident is at version 3")).toBeVisible();
  });

  await test.step("the service is back: the queue goes on, and what waited succeeds", async () => {
    incident.payments.setDown(false);
    for (const queue of ["billing", "imports"]) {
      await page.goto(`/queues/${queue}`);
      await page.getByRole("button", { name: "Resume" }).click();
      await confirm(page, "Resume queue", "mended");
      await expect(page.getByText(`${queue} goes on`)).toBeVisible();
    }
    await page.goto(groupUrl);
    const advice = page.getByRole("region", { name: "Is it safe to retry all?" });
    await expect(advice).toContainText(/[\d,]+ of [\d,]+ attempts of the same definitions succeeded/, {
      timeout: settledMs,
    });
  });

  await test.step("the dead are retried from the failure group: a canary first, then in a ramp", async () => {
    const before = await dead();
    expect(before).toBeGreaterThan(50);
    await page.getByRole("button", { name: `Retry all dead ${before}` }).click();
    const dialog = page.getByRole("dialog", { name: "Act on many jobs" });
    await expect(dialog).toContainText(`${before} jobs match`);
    await expect(dialog.getByRole("textbox", { name: "Canary" })).toHaveValue("10");
    await confirm(page, `Retry ${before} jobs`, "payments answers again");
    await page.getByRole("button", { name: "View", exact: true }).click();
    await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", String(before), {
      timeout: settledMs,
    });
    await expect(page.getByRole("main").getByText("completed", { exact: true }).first()).toBeVisible();
    expect(await dead()).toBe(0);
  });

  await test.step("the stuck report is cancelled", async () => {
    await page.goto("/");
    await verdict(page)
      .getByRole("link", { name: /render-report is stuck/ })
      .click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await confirm(page, /Cancel/, "it hangs");
  });

  await test.step("the Overview is all clear again", async () => {
    await page.goto("/");
    await expect(verdict(page)).toContainText("All clear", { timeout: 90_000 });
    await expect(verdict(page)).toContainText("nothing need be done", { timeout: settledMs });
    await expect(verdict(page)).not.toContainText(/fails|paused|stuck/);
  });
});
