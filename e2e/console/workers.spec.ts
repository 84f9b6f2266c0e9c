import { cancelJobs } from "./cancel-jobs.ts";
import { expect, test } from "./console-test.ts";

const settledMs = 20_000;

test("a worker's page shows what it runs; drained it takes nothing new, until the drain is taken back", async ({
  page,
  producer,
  database,
}) => {
  const lasting = await producer.enqueue("e2e-linger", { text: "held" });
  await page.goto("/workers");
  const row = page.getByRole("region", { name: "Live" }).getByRole("row").filter({ hasText: "e2e-" }).first();
  await row.getByRole("link").first().click();
  const runs = page.getByRole("region", { name: "Runs now" });
  await expect(runs.getByRole("link", { name: lasting.id })).toBeVisible({ timeout: settledMs });

  await page.getByRole("button", { name: "Drain" }).click();
  const dialog = page.getByRole("dialog", { name: /^Drain worker/ });
  await dialog.getByRole("button", { name: "Drain worker" }).click();
  await expect(dialog.getByText("Say why in a few words.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("kernel update");
  await dialog.getByRole("button", { name: "Drain worker" }).click();
  await expect(page.getByText(/^Draining: \d+ jobs? to finish; it claims no more\./)).toBeVisible({
    timeout: settledMs,
  });
  await expect(page.getByRole("region", { name: "Worker", exact: true })).toContainText("kernel update");

  const workerUrl = page.url();
  const { id } = await producer.enqueue("e2e-echo", { text: "waits" });
  await page.goto(`/jobs/${id}`);
  await expect(
    page.getByText(/the only worker in pool default that serves e2e-echo is draining/).first(),
  ).toBeVisible({
    timeout: settledMs,
  });
  const { rows } = await database.query("select from signalbox.ready where id = $1", [id]);
  expect(rows).toHaveLength(1);

  await page.goto(workerUrl);
  await page.getByRole("button", { name: "Take back drain" }).click();
  await expect
    .poll(
      async () => (await database.query("select from signalbox.completed where id = $1", [id])).rowCount,
      { timeout: settledMs },
    )
    .toBe(1);
  await cancelJobs(page, [lasting.id]);
  await expect(
    page.getByRole("region", { name: "Ended lately" }).getByRole("link", { name: id }),
  ).toBeVisible({
    timeout: settledMs,
  });
});

test("the fleet can be grouped, and the grouping is in the address", async ({ page }) => {
  await page.goto("/workers");
  await page.getByRole("button", { name: "pool" }).click();
  await expect(page).toHaveURL(/by=pool/);
  await expect(page.getByRole("region", { name: "Pool default" })).toBeVisible();
});
