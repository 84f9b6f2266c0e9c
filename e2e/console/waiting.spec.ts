import { callProcedure } from "./call-procedure.ts";
import { expect, test } from "./console-test.ts";

const settledMs = 20_000;

test("a job says which breaker holds it and who forced it, and is let go from its page", async ({
  page,
  producer,
}) => {
  // The dependency comes to be with the definition.
  await producer.enqueue("e2e-stumble", { text: "first" });
  await page.goto("/dependencies/e2e-service");
  await page.getByRole("button", { name: "Force open" }).click();
  const force = page.getByRole("dialog");
  await force.getByLabel("Reason").fill("their maintenance");
  await force.getByRole("button", { name: "Force open" }).click();
  await expect(force).toBeHidden();

  const { id } = await producer.enqueue("e2e-stumble", { text: "held" });
  await page.goto(`/jobs/${id}`);
  const reasons = page.getByRole("region", { name: "Waiting because" });
  await expect(reasons).toContainText(/the breaker of e2e-service is forced open by .+: their maintenance/);
  await expect(reasons.getByText("binding")).toHaveCount(1);
  await expect(reasons.getByRole("link", { name: "Open e2e-service" })).toBeVisible();

  await page.goto("/queues/e2e");
  const bar = page.getByRole("region", { name: "Waiting for" });
  const part = bar.getByRole("link", { name: /the breaker of e2e-service/ });
  await expect(part).toBeVisible({ timeout: settledMs });
  await part.click();
  await expect(page.getByRole("link", { name: id }).first()).toBeVisible({ timeout: settledMs });

  await page.goto(`/jobs/${id}`);
  await reasons.getByRole("button", { name: "Let the policy decide" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("it is over");
  await dialog.getByRole("button", { name: "Let the policy decide" }).click();
  await expect(dialog).toBeHidden();
  await expect(reasons).toBeHidden({ timeout: settledMs });
});

test("a job in a paused queue is resumed from its page", async ({ page, producer }) => {
  await page.goto("/queues/e2e");
  await page.getByRole("button", { name: "Pause" }).click();
  const pause = page.getByRole("dialog", { name: "Pause e2e" });
  await pause.getByLabel("Reason").fill("looking at its jobs");
  await pause.getByRole("button", { name: "Pause queue" }).click();
  await expect(pause).toBeHidden();

  const { id } = await producer.enqueue("e2e-echo", { text: "waits" });
  await page.goto(`/jobs/${id}`);
  const reasons = page.getByRole("region", { name: "Waiting because" });
  await expect(reasons).toContainText("queue e2e is paused");
  await reasons.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Resume queue" }).click();
  await expect(reasons).toBeHidden({ timeout: settledMs });
  await expect(page.getByRole("region", { name: "Attempts" })).toContainText("Attempt 1 completed", {
    timeout: settledMs,
  });
});

test("a job that is due later says when, and is run at once from its page", async ({ page, producer }) => {
  const { id } = await producer.enqueue(
    "e2e-echo",
    { text: "later" },
    { runAt: new Date(Date.now() + 3_600_000) },
  );
  await page.goto(`/jobs/${id}`);
  const reasons = page.getByRole("region", { name: "Waiting because" });
  await expect(reasons).toContainText(/due in (1 h|60 min|59\.\d min), not before/);
  await reasons.getByRole("button", { name: "Run now" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Retry 1 job" }).click();
  await expect(reasons).toBeHidden({ timeout: settledMs });
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("reads why a job waits and finds no button that would be refused", async ({
    page,
    producer,
    consoleUrl,
    resident,
  }) => {
    const { id } = await producer.enqueue(
      "e2e-echo",
      { text: "later" },
      { runAt: new Date(Date.now() + 3_600_000) },
    );
    await page.goto(`/jobs/${id}`);
    const reasons = page.getByRole("region", { name: "Waiting because" });
    await expect(reasons).toContainText("not before");
    await expect(reasons.getByRole("button")).toHaveCount(0);
    const door = { baseUrl: consoleUrl, visitor: await resident("admin") };
    const cancelled = await callProcedure(door, "jobs.cancel", { ids: [id], reason: "the test is over" });
    expect(cancelled.status).toBe(200);
  });
});
