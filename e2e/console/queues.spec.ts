import type { Page } from "@playwright/test";
import { cancelJobs } from "./cancel-jobs.ts";
import { expect, test } from "./console-test.ts";

const settledMs = 20_000;

/** Sets the limits of the queue through the dialog; an empty text takes a limit away. */
async function editLimits(page: Page, limits: { cap?: string; count?: string; per?: string }): Promise<void> {
  await page.getByRole("button", { name: "Edit limits" }).click();
  const dialog = page.getByRole("dialog", { name: "Limits of e2e" });
  if (limits.cap !== undefined) await dialog.getByLabel("Running at most").fill(limits.cap);
  if (limits.count !== undefined) await dialog.getByLabel("Started at most").fill(limits.count);
  if (limits.per !== undefined) await dialog.getByLabel("In", { exact: true }).fill(limits.per);
  await dialog.getByRole("button", { name: "Save limits" }).click();
  await expect(dialog).toBeHidden();
}

test("pausing says how many run, cancels them when told to, and keeps the reason", async ({
  page,
  producer,
  database,
}) => {
  const jobs = await Promise.all(["a", "b"].map((text) => producer.enqueue("e2e-linger", { text })));
  await page.goto("/queues/e2e");
  // Other jobs of the run may still be at work beside these.
  await expect(page.getByRole("img", { name: /^([2-9]|10) running of/ }).first()).toBeVisible({
    timeout: settledMs,
  });
  await page.getByRole("button", { name: "Pause" }).click();
  const dialog = page.getByRole("dialog", { name: "Pause e2e" });
  await expect(dialog).toContainText(/\d+ jobs running now go on to their end/);
  await dialog.getByRole("switch").click();
  await dialog.getByLabel("Reason").fill("they talk to the wrong region");
  await dialog.getByRole("button", { name: "Pause queue" }).click();
  await expect(dialog).toBeHidden();
  const cancelled = async () => {
    const { rows } = await database.query(
      "select id::text as id from signalbox.cancelled where id = any($1)",
      [jobs.map(({ id }) => id)],
    );
    return rows.length;
  };
  await expect.poll(cancelled, { timeout: settledMs }).toBe(2);
  await expect(page.getByRole("region", { name: "Who changed it" })).toContainText(
    "they talk to the wrong region",
    { timeout: settledMs },
  );
  await expect(page.getByText("Limited by: the pause")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Resume queue" }).click();
  await expect(page.getByText("Limited by: nothing")).toBeVisible({ timeout: settledMs });
});

test("a cap acts on real workers within a second, says before what it will do, and can be taken back", async ({
  page,
  producer,
  database,
}) => {
  await page.goto("/queues/e2e");
  await editLimits(page, { cap: "1" });
  const jobs = await Promise.all(["a", "b", "c"].map((text) => producer.enqueue("e2e-linger", { text })));
  const running = async () => {
    const { rows } = await database.query(
      "select count(*)::int as n from signalbox.leases l where l.ids && $1::bigint[]",
      [jobs.map(({ id }) => id)],
    );
    return rows[0].n as number;
  };
  await expect.poll(running, { timeout: settledMs }).toBe(1);
  await expect(page.getByText("Limited by: cap 1 of 1")).toBeVisible({ timeout: settledMs });
  await page.getByRole("button", { name: "Edit limits" }).click();
  const dialog = page.getByRole("dialog", { name: "Limits of e2e" });
  await dialog.getByLabel("Running at most").fill("3");
  await expect(dialog).toContainText("At present 1 run: up to 2 more may start at once.");
  expect(await running()).toBe(1);
  await dialog.getByRole("button", { name: "Save limits" }).click();
  const savedMs = performance.now();
  await expect.poll(running, { intervals: [50], timeout: settledMs }).toBe(3);
  expect(performance.now() - savedMs).toBeLessThan(1_500);
  await page
    .locator("[data-sonner-toast][data-front=true]")
    .getByRole("button", { name: "Take back" })
    .click();
  await expect(page.getByRole("region", { name: "Limits" })).toContainText("running at most1", {
    timeout: settledMs,
  });
  await cancelJobs(
    page,
    jobs.map(({ id }) => id),
  );
  await editLimits(page, { cap: "" });
});

test("a rate limit is kept by real workers", async ({ page, producer, database }) => {
  const rate = { count: 3, perMs: 1_000 };
  await page.goto("/queues/e2e");
  await editLimits(page, { count: String(rate.count), per: "1 s" });
  const results = await producer.enqueueMany(
    Array.from({ length: 12 }, (_, index) => ({
      definition: "e2e-echo",
      payload: { text: `paced ${index}` },
    })),
  );
  const ids = results.map((result) => ("id" in result ? result.id : ""));
  const starts = async () => {
    const { rows } = await database.query(
      "select started_at_ms::float8 as at from signalbox.completed where id = any($1) order by 1",
      [ids],
    );
    return rows.map((row) => row.at as number);
  };
  await expect.poll(async () => (await starts()).length, { timeout: settledMs }).toBe(ids.length);
  const at = await starts();
  for (const [from, fromMs] of at.entries())
    for (let to = from + 1; to < at.length; to++) {
      // A worker starts what it claimed within a few milliseconds, and a busy machine later; see docs/adr/0017.
      const elapsedMs = (at[to] ?? 0) - fromMs + 500;
      expect(to - from + 1).toBeLessThanOrEqual(rate.count + (elapsedMs / rate.perMs) * rate.count);
    }
  expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeLessThan(6_000);
  await editLimits(page, { count: "" });
});

test("a drained queue refuses new jobs and says so, until the drain is cancelled", async ({
  page,
  producer,
}) => {
  const { id } = await producer.enqueue("e2e-linger", { text: "the last" });
  await page.goto("/queues/e2e");
  await page.getByRole("button", { name: "Drain" }).click();
  const dialog = page.getByRole("dialog", { name: "Drain e2e" });
  await dialog.getByLabel("Reason").fill("moves to another cluster");
  await dialog.getByRole("button", { name: "Drain queue" }).click();
  await expect(page.getByText(/^Draining: \d+ jobs? left; new submits are refused\./)).toBeVisible({
    timeout: settledMs,
  });
  await expect
    .poll(() => producer.enqueue("e2e-echo", { text: "late" }).catch((error: Error) => error.message), {
      timeout: settledMs,
    })
    .toContain("queue e2e is being drained");
  await page.getByRole("button", { name: "Cancel drain" }).click();
  await expect(page.getByRole("button", { name: "Drain", exact: true })).toBeVisible({ timeout: settledMs });
  await cancelJobs(page, [id]);
  await expect
    .poll(
      () =>
        producer.enqueue("e2e-echo", { text: "welcome" }).then(
          () => "taken",
          (error: Error) => error.message,
        ),
      { timeout: settledMs },
    )
    .toBe("taken");
});
