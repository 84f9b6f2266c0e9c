import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";

const save = async (page: Page, button: string, reason?: string) => {
  await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog");
  if (reason) await dialog.getByLabel(/Reason/).fill(reason);
  await dialog.getByRole("button", { name: button }).click();
};
const chartText = (page: Page) => page.getByRole("region", { name: "When attempts start" });

test("a policy is written, drawn while it is typed, changed and rolled back", async ({ page }) => {
  await page.goto("/policies");
  await page.getByRole("button", { name: "New policy" }).click();
  const create = page.getByRole("dialog", { name: "New policy" });
  await create.getByLabel("Name").fill("e2e-steady");
  await create.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("New: nothing is stored until you save it")).toBeVisible();

  await page.getByLabel("Law", { exact: true }).selectOption("constant");
  await page.getByLabel("Delay", { exact: true }).fill("10 s");
  await page.getByLabel("Jitter").selectOption("none");
  await page.getByLabel("Attempts at most").fill("4");
  await expect(chartText(page)).toContainText("Dead after attempt 4, about 30 s after the first.");
  await page.getByLabel("Attempts at most").fill("7");
  await expect(chartText(page)).toContainText("Dead after attempt 7, about 1 min after the first.");
  await page.getByLabel("Attempts at most").fill("none");
  await expect(page.getByText("1 field needs a look")).toBeVisible();
  await page.getByLabel("Attempts at most").fill("4");
  await save(page, "Save version 1");
  await expect(page.getByText("e2e-steady is at version 1")).toBeVisible();

  await page.getByRole("button", { name: "JSON" }).click();
  const json = page.getByLabel("The policy as JSON");
  await json.fill((await json.inputValue()).replace('"maxAttempts": 4', '"maxAttempts": 6'));
  await page.getByRole("button", { name: "Form" }).click();
  await expect(page.getByLabel("Attempts at most")).toHaveValue("6");
  await expect(page.getByRole("list", { name: "What differs" })).toContainText("maxAttempts");
  await save(page, "Save version 2", "more patience");
  await expect(page.getByText("e2e-steady is at version 2")).toBeVisible();

  const versions = page.getByRole("region", { name: "Versions" });
  await versions.getByRole("button", { name: "Compare version 1" }).click();
  await expect(versions.getByRole("list", { name: "What differs" })).toContainText("maxAttempts");
  await versions.getByRole("button", { name: "Roll back to version 1" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/Reason/).fill("too patient");
  await dialog.getByRole("button", { name: "Write version 3" }).click();
  await expect(page.getByText("e2e-steady is at version 3")).toBeVisible();
  await expect(page.getByLabel("Attempts at most")).toHaveValue("4");
});

test("before it is saved a policy is tried on what was recorded", async ({ page, producer }) => {
  for (const text of ["a", "b"]) await producer.enqueue("e2e-refuse", { text });
  await page.goto("/definitions/e2e-refuse?tab=edit");
  await page.getByLabel("Retry policy").selectOption("default");
  await save(page, "Save version 2");
  await expect(page.getByText("e2e-refuse is at version 2")).toBeVisible();
  await page.goto("/policies/default");
  await page.getByLabel("Attempts at most").fill("12");
  const backtest = page.getByRole("region", { name: "Backtest" });
  await expect(async () => {
    await backtest.getByRole("button", { name: /Run/ }).click();
    await expect(backtest.getByRole("table", { name: "Backtest" })).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(backtest.getByText("Every job would end as before.")).toBeVisible();
  await expect(backtest.getByRole("row", { name: /^Dead/ })).toContainText("the same");
  await expect(backtest.getByText(/^Assumed:/)).toBeVisible();
  await page.getByLabel("Attempts at most").fill("13");
  await expect(backtest.getByText("The policy was changed since; run it again.")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
});

test("of two editors the second sees the difference and chooses field by field", async ({
  page,
  browser,
  visitor,
  baseURL,
}) => {
  await page.goto("/policies/e2e-shared?from=default");
  await page.getByLabel("Attempts at most").fill("5");
  await save(page, "Save version 1");
  await expect(page.getByText("e2e-shared is at version 1")).toBeVisible();

  const other = await browser.newContext({ baseURL });
  await other.addCookies([{ ...(await visitor("operator")).cookie, url: baseURL ?? "" }]);
  const second = await other.newPage();
  await second.goto("/policies/e2e-shared");
  await second.getByLabel("Attempts at most").fill("9");
  await second.getByLabel("Give up after").fill("1 h");

  await page.getByLabel("Attempts at most").fill("7");
  await save(page, "Save version 2");
  await expect(page.getByText("e2e-shared is at version 2")).toBeVisible();

  await save(second, "Save version 2");
  const conflict = second.getByRole("dialog", { name: "e2e-shared was changed while you edited it" });
  const attempts = conflict.getByRole("listitem").filter({ hasText: "maxAttempts" });
  await expect(attempts).toContainText("both changed it");
  await attempts.getByRole("button", { name: "theirs" }).click();
  await conflict.getByRole("button", { name: "Use this choice" }).click();
  await expect(second.getByLabel("Attempts at most")).toHaveValue("7");
  await expect(second.getByLabel("Give up after")).toHaveValue("1 h");
  await save(second, "Save version 3");
  await expect(second.getByText("e2e-shared is at version 3")).toBeVisible();
  await other.close();
});

test("unsaved changes are warned of, and are there again", async ({ page }) => {
  await page.goto("/policies/default");
  await page.getByLabel("Attempts at most").fill("33");
  await page.getByRole("link", { name: "Queues" }).first().click();
  const warning = page.getByRole("dialog", { name: "Leave without saving?" });
  await warning.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/queues/);
  await page.goBack();
  await expect(page.getByLabel("Attempts at most")).toHaveValue("33");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByLabel("Attempts at most")).toHaveValue("8");
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("reads a policy and its schedule, and finds no way to change it", async ({ page }) => {
    await page.goto("/policies/default");
    await expect(chartText(page)).toContainText("Dead after attempt 8");
    await expect(page.getByLabel("Attempts at most")).toBeDisabled();
    await expect(page.getByRole("button", { name: "Run backtest" })).toHaveCount(0);
  });
});
