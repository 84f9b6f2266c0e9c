import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";

const settledMs = 20_000;
const rowOfQueue = (page: Page) =>
  page
    .getByRole("list", { name: "Board" })
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: "e2e", exact: true }) });

test("the Board shows a queue's work by itself, without asking for the page again", async ({
  page,
  producer,
}) => {
  await page.goto("/");
  const row = rowOfQueue(page);
  const done = row.getByTitle(/^jobs completed a second/);
  await expect(done).toHaveText("0", { timeout: settledMs });
  await producer.enqueueMany(
    Array.from({ length: 200 }, (_, index) => ({
      definition: "e2e-echo",
      payload: { text: `board ${index}` },
    })),
  );
  await expect(done).not.toHaveText("0", { timeout: settledMs });
  await expect(page.getByText(/as of \d\d:\d\d:\d\d · live/)).toBeVisible();
});

test("a paused queue closes its signal, the verdict says so, and resuming opens it", async ({
  page,
  producer,
}) => {
  await page.goto("/queues/e2e");
  await page.getByRole("button", { name: "Pause" }).click();
  const dialog = page.getByRole("dialog", { name: "Pause e2e" });
  await dialog.getByRole("button", { name: "Pause queue" }).click();
  await expect(dialog.getByText("Say why in a few words.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("to see the signal");
  await dialog.getByRole("button", { name: "Pause queue" }).click();
  await expect(dialog).toBeHidden();

  const { id } = await producer.enqueue("e2e-echo", { text: "held" });
  await page.goto("/");
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict).toContainText("e2e is paused", { timeout: settledMs });
  await expect(verdict).toContainText("wait");
  const row = rowOfQueue(page);
  await row.getByRole("link", { name: /Signal: paused/ }).click();

  await expect(page.getByText("Paused: nothing starts until the queue is resumed.")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Resume queue" }).click();
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  await page.goto(`/jobs/${id}`);
  await expect(page.getByRole("region", { name: "Attempts" })).toContainText("Attempt 1 completed", {
    timeout: settledMs,
  });
});

test("every chart can be read as a table", async ({ page }) => {
  await page.goto("/");
  const chart = page.getByRole("region", { name: "Waiting by class" });
  await chart.getByRole("button", { name: "Figures as a table" }).click();
  const table = chart.getByRole("table");
  await expect(table.getByRole("columnheader").first()).toHaveText("Time");
  await expect(table.getByRole("row").nth(1)).toContainText("still filling");
  await chart.getByRole("button", { name: "Figures as a chart" }).click();
  await expect(table).toBeHidden();
});

test("the span of the charts is in the address", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "6h" }).click();
  await expect(page).toHaveURL(/range=6h/);
  await page.reload();
  await expect(page.getByRole("button", { name: "6h" })).toHaveAttribute("aria-pressed", "true");
});

test("workers show where they run and what they serve", async ({ page }) => {
  await page.goto("/workers");
  const live = page.getByRole("region", { name: "Live" });
  await expect(live.getByRole("row").filter({ hasText: "e2e-" }).first()).toContainText("active");
});
