import { expect, test } from "./console-test.ts";

/** A failure group that only this file makes: jobs whose handler throws with these words. */
const words = "the ledger of failures.spec is closed";

test("a failure becomes a group that is found, explained, put away with a reason, and reopened", async ({
  page,
  producer,
  database,
}) => {
  for (const text of ["a", "b"]) await producer.enqueue("e2e-fail", { message: words, text });
  await page.goto("/failures?window=1h");
  const row = page.getByRole("table", { name: "Failure groups" }).getByRole("row").filter({ hasText: words });
  await expect(row).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("region", { name: "How failures stand" })).toContainText("in the last hour");
  await row.getByRole("link", { name: new RegExp(words) }).click();

  await expect(page.getByRole("heading", { level: 1 })).toContainText(words);
  const advice = page.getByRole("region", { name: "Is it safe to retry all?" });
  await expect(advice).toContainText(/Safe\.|Wait\.|No\./);
  await expect(page.getByRole("region", { name: "Sample" })).toContainText(words);
  await expect(page.getByRole("table", { name: "Affected" })).toContainText("e2e-fail");

  await page.getByRole("button", { name: "Ignore", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Ignore this group" });
  await dialog.getByRole("button", { name: "Ignore group" }).click();
  await expect(dialog.getByText("Say why in a few words.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("known, mended tomorrow");
  await dialog.getByRole("button", { name: "Ignore group" }).click();
  await expect(page.getByText("The group is ignored")).toBeVisible();
  await expect(page.getByText("known, mended tomorrow").first()).toBeVisible();
  await page.goto("/failures?window=1h&state=ignored");
  await expect(row).toBeVisible();
  await row.getByRole("link", { name: new RegExp(words) }).click();
  await page.getByRole("button", { name: "Reopen", exact: true }).click();
  await page.getByRole("button", { name: "Reopen group" }).click();
  await expect(page.getByText("The group is open")).toBeVisible();
  const { rows } = await database.query(
    "select action from signalbox.audit_entries where object_kind = 'failure-group' order by id desc limit 2",
  );
  expect(rows.map((each) => each.action)).toEqual(["failure-group.reopen", "failure-group.ignore"]);
});

test("a cell of the grid opens the groups behind its number", async ({ page, producer }) => {
  await producer.enqueue("e2e-fail", { message: words, text: "grid" });
  await page.goto("/failures");
  const cell = page
    .getByRole("table", { name: "Failures by class" })
    .getByRole("link", { name: /in 1 h$/ })
    .first();
  await expect(cell).toBeVisible({ timeout: 20_000 });
  await cell.click();
  await expect(page).toHaveURL(/window=1h/);
  await expect(page).toHaveURL(/class=/);
  await expect(page.getByRole("table", { name: "Failure groups" })).toBeVisible();
});

test("the dead letter is triaged by keys alone, and a discard is taken back", async ({ page, producer }) => {
  for (const text of ["x", "y"]) await producer.enqueue("e2e-fail", { message: "dead by keys", text });
  await page.goto("/dead-letter");
  const rows = page.getByRole("table", { name: "Dead jobs, newest first" }).locator("tbody tr");
  const mine = rows.filter({ hasText: "dead by keys" });
  await expect(mine).toHaveCount(2, { timeout: 30_000 });
  await page.keyboard.press("j");
  const first = await rows.first().getAttribute("data-row-id");
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "1 job selected" })).toBeVisible();
  await page.keyboard.press("d");
  const dialog = page.getByRole("dialog", { name: "Discard 1 job" });
  await dialog.getByLabel("Reason").fill("not wanted");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("1 job is discarded")).toBeVisible();
  await expect(page.locator(`tr[data-row-id="${first}"]`)).toHaveCount(0);
  await page.getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("1 job is back in the dead letter")).toBeVisible();
  await expect(page.locator(`tr[data-row-id="${first}"]`)).toHaveCount(1);
});
