import { expect, test } from "./console-test.ts";

const settledMs = 20_000;
const inAnHour = () => new Date(Date.now() + 3_600_000);

test("a job that failed once and then completed tells both attempts, the rule and the decision", async ({
  page,
  producer,
}) => {
  const { id } = await producer.enqueue("e2e-stumble", { text: "over the sill" }, { tags: ["story"] });
  await page.goto(`/jobs/${id}`);
  const main = page.getByRole("main");
  const attempts = main.getByRole("region", { name: "Attempts" });
  await expect(attempts.getByText("Attempt 2 completed")).toBeVisible({ timeout: settledMs });
  const first = attempts.getByRole("listitem").filter({ hasText: "Attempt 1 failed" });
  await expect(first).toContainText("dependency-down");
  await expect(first).toContainText("e2e-service");
  await expect(first).toContainText(/matched rule|no rule matched/);
  await expect(first).toContainText("Decision: retry after");
  await first.getByText("Stack").click();
  await expect(first.getByRole("group", { name: "Stack" })).toContainText("worker-module.ts");
  await expect(main.getByRole("region", { name: "Payload" })).toContainText("over the sill");
  await expect(main.getByRole("region", { name: "Output" })).toContainText("over the sill");
  await expect(main.getByRole("region", { name: "Timeline" })).toContainText("submitted");
});

test("a dead job is retried with a reason, which its timeline keeps", async ({ page, producer }) => {
  const { id } = await producer.enqueue("e2e-refuse", { text: "nobody" });
  await page.goto(`/jobs/${id}`);
  const attempts = page.getByRole("region", { name: "Attempts" });
  await expect(attempts.getByText("Attempt 1 failed")).toBeVisible({ timeout: settledMs });
  await expect(attempts).toContainText("permanent");
  await expect(attempts).toContainText("no account is named nobody");

  const retry = page.getByRole("button", { name: "Retry" });
  await retry.click();
  const dialog = page.getByRole("dialog", { name: `Retry job ${id}` });
  await dialog.getByLabel("Reason").fill("the account was made");
  await dialog.getByRole("button", { name: "Retry 1 job" }).click();
  await expect(page.getByText("The job is in line again")).toBeVisible();
  await expect(attempts.getByText("Attempt 2 failed")).toBeVisible({ timeout: settledMs });
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline).toContainText("retried");
  await expect(timeline).toContainText("by local");
  await expect(timeline).toContainText("the account was made");
});

test("a waiting job says why it waits; a cancel needs a reason and can be taken back", async ({
  page,
  producer,
}) => {
  const { id } = await producer.enqueue("e2e-echo", { text: "tomorrow" }, { runAt: inAnHour() });
  await page.goto(`/jobs/${id}`);
  await expect(page.getByRole("region", { name: "Waiting because" })).toContainText("due in");

  await page.getByRole("button", { name: "Cancel" }).click();
  const dialog = page.getByRole("dialog", { name: `Cancel job ${id}` });
  await dialog.getByRole("button", { name: "Cancel 1 job" }).click();
  await expect(dialog.getByText("Say why in a few words.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("wrong day");
  await dialog.getByRole("button", { name: "Cancel 1 job" }).click();
  await expect(page.getByText("The job is cancelled")).toBeVisible();
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("wrong day");

  await page.getByRole("button", { name: "Put back in line" }).click();
  await expect(page.getByRole("region", { name: "Attempts" }).getByText("Attempt 1 completed")).toBeVisible({
    timeout: settledMs,
  });
});

test("a running job is asked to stop and ends cancelled", async ({ page, producer }) => {
  const { id } = await producer.enqueue("e2e-linger", { text: "round and round" });
  await page.goto(`/jobs/${id}`);
  const attempts = page.getByRole("region", { name: "Attempts" });
  await expect(attempts.getByText("Attempt 1 is running")).toBeVisible({ timeout: settledMs });
  await page.getByRole("button", { name: "Cancel" }).click();
  const dialog = page.getByRole("dialog", { name: `Cancel job ${id}` });
  await expect(dialog).toContainText("Its worker is told to stop");
  await dialog.getByLabel("Reason").fill("long enough");
  await dialog.getByRole("button", { name: "Cancel 1 job" }).click();
  await expect(page.getByText("The worker is told to stop")).toBeVisible();
  await expect(attempts.getByText("Attempt 1 was cancelled")).toBeVisible({ timeout: settledMs });
});

test("an id that is no job's is told as such", async ({ page }) => {
  await page.goto("/jobs/123");
  await expect(page.getByRole("heading", { name: "There is no such job" })).toBeVisible();
});
