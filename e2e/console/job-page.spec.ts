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
  await expect(first).toContainText("Retry in 200 ms");
  await expect(first).toContainText("law constant 200 ms");
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
  await expect(timeline).toContainText(/by admin-[0-9a-f]+@example\.test/);
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

test("a payload is edited and the job run again; the redacted value stays what it was and is kept from sight", async ({
  page,
  producer,
}) => {
  const secret = "e2e-canary-hunter2";
  const payload = { account: "nobody", password: secret, amount: 5 };
  const { id } = await producer.enqueue("e2e-guarded", payload);
  await page.goto(`/jobs/${id}`);
  const attempts = page.getByRole("region", { name: "Attempts" });
  await expect(attempts.getByText("Attempt 1 failed")).toBeVisible({ timeout: settledMs });
  await expect(page.getByRole("region", { name: "Payload" })).toContainText('••• key rule "password"');

  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: `Retry job ${id} with another payload` });
  await expect(dialog.getByText("Redacted; stays what it is")).toBeVisible();
  await dialog.getByLabel("account").fill("ann");
  await dialog.getByLabel("amount").fill("-1");
  await dialog.getByLabel("Reason").fill("the account is ann's");
  await dialog.getByRole("button", { name: "Retry with this payload" }).click();
  await expect(dialog.getByText("/amount")).toBeVisible();
  await dialog.getByLabel("amount").fill("7");
  await dialog.getByRole("button", { name: "Retry with this payload" }).click();
  await expect(dialog).toBeHidden();

  const output = page.getByRole("region", { name: "Output" });
  await expect(output).toContainText(String(secret.length), { timeout: settledMs });
  await expect(output).toContainText("7");
  await page.getByText("Earlier payloads").click();
  await expect(page.getByRole("region", { name: "Payload" })).toContainText("nobody");
  expect(await page.content()).not.toContain(secret);
});

test("a redacted value is revealed to whoever says why, and the audit trail tells of it", async ({
  page,
  producer,
}) => {
  const secret = "e2e-canary-reveal";
  const payload = { account: "ann", password: secret, amount: 5 };
  const { id } = await producer.enqueue("e2e-guarded", payload, { runAt: inAnHour() });
  await page.goto(`/jobs/${id}`);
  const shown = page.getByRole("region", { name: "Payload" });
  await expect(shown).toContainText("ann");
  await expect(shown).not.toContainText(secret);
  await shown.getByRole("button", { name: "Reveal /password" }).click();
  const dialog = page.getByRole("dialog", { name: "Reveal a redacted value" });
  await dialog.getByLabel("Reason").fill("the customer asked");
  await dialog.getByRole("button", { name: "Reveal" }).click();
  await expect(shown).toContainText(secret);
  await page.reload();
  await expect(shown).not.toContainText(secret);
  await expect(page.getByRole("region", { name: "Who changed it" })).toContainText("the customer asked");
});

test("lines that a handler logs appear while it runs, found and filtered, their secrets cut out", async ({
  page,
  producer,
}) => {
  const { id } = await producer.enqueue("e2e-linger", { text: "talking" });
  await page.goto(`/jobs/${id}`);
  const log = page.getByRole("region", { name: "Log of attempt 1" });
  await expect(log.getByText("round 1", { exact: true })).toBeVisible({ timeout: settledMs });
  await expect(log.getByText("round 3", { exact: true })).toBeVisible({ timeout: settledMs });
  await expect(log).toContainText("[redacted]");
  await expect(log).not.toContainText("e2e-canary-in-log");
  await log.getByLabel("Find in the log").fill("round 2");
  await expect(log.getByText("round 1", { exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Cancel" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("heard enough");
  await dialog.getByRole("button", { name: "Cancel 1 job" }).click();
  await expect(page.getByText("Attempt 1 was cancelled")).toBeVisible({ timeout: settledMs });
});

test("keys write a note, change the class and lead to the next job of the list", async ({
  page,
  producer,
}) => {
  const tag = `keys${Date.now()}`;
  const [first, second] = [
    await producer.enqueue("e2e-echo", { text: "one" }, { runAt: inAnHour(), tags: [tag] }),
    await producer.enqueue("e2e-echo", { text: "two" }, { runAt: inAnHour(), tags: [tag] }),
  ];
  await page.goto(`/jobs?tag=${tag}`);
  await expect(page.getByRole("main").getByText(first.id).first()).toBeVisible();
  await page.goto(`/jobs/${second.id}`);
  await expect(page.getByText("1 of 2")).toBeVisible();
  await page.keyboard.press("]");
  await expect(page).toHaveURL(new RegExp(first.id));

  await expect(page.getByRole("region", { name: "Facts" })).toContainText("normal");
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Note" }).fill("the customer was told");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("the customer was told");
  await page.keyboard.press("p");
  const dialog = page.getByRole("dialog", { name: "Change the class" });
  await dialog.getByLabel("Class").selectOption("high");
  await dialog.getByRole("button", { name: "Change class" }).click();
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("high");
});

test("an id that is no job's is told as such", async ({ page }) => {
  await page.goto("/jobs/123");
  await expect(page.getByRole("heading", { name: "There is no such job" })).toBeVisible();
});
