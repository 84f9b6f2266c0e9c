import type { Page } from "@playwright/test";
import { expect, test } from "./console-test.ts";

const inAnHour = () => new Date(Date.now() + 3_600_000);
const bar = (page: Page) => page.getByRole("combobox", { name: "Filter jobs" });
const rows = (page: Page) =>
  page.getByRole("table", { name: "Jobs, newest first" }).locator("tbody tr[data-row-id]");

/** Writes a filter into the bar and runs it. */
async function filterBy(page: Page, text: string): Promise<void> {
  // The list comes when the page is alive: before that the bar would forget what is typed.
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0, { timeout: 15_000 });
  await bar(page).fill(text);
  await page.keyboard.press("Enter");
}

test("a filter is written in words, stands in the address, and comes back with the browser", async ({
  page,
  producer,
}) => {
  await producer.enqueue(
    "e2e-echo",
    { text: "later" },
    { runAt: inAnHour(), tags: ["filters"], priority: "high" },
  );
  await page.goto("/jobs");
  await filterBy(page, "queue:e2e tag:filters -state:dead");
  await expect(page).toHaveURL(/q=queue:e2e/);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "scheduled", exact: true }).click();
  await expect(bar(page)).toHaveValue(/state:scheduled/);
  await expect(rows(page).first()).toContainText("scheduled");
  await expect(rows(page).first()).toContainText("high");
  await expect(page.getByText("1 job", { exact: true })).toBeVisible();

  await rows(page).first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: /e2e-echo/ })).toBeVisible();
  await page.goBack();
  await expect(bar(page)).toHaveValue(/queue:e2e/);
  await expect(rows(page)).toHaveCount(1);

  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(page).toHaveURL(/\/jobs$/);
});

test("links of other pages become text of the bar", async ({ page }) => {
  await page.goto("/jobs?queue=e2e&state=dead,retryable");
  await expect(bar(page)).toHaveValue("state:dead,retryable queue:e2e");
});

test("fields, payload keys and their values are completed by keyboard", async ({ page, producer }, {
  retry,
}) => {
  const text = `explorer${retry}-completion`;
  await producer.enqueue("e2e-echo", { text }, { runAt: inAnHour(), tags: ["completed"] });
  await page.goto("/jobs");
  await bar(page).click();
  await page.keyboard.type("defi");
  await expect(page.getByRole("option", { name: /definition:/ })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.type("e2e-ec");
  await expect(page.getByRole("option", { name: "e2e-echo" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page).toHaveURL(/definition:e2e-echo/);
  await page.keyboard.type("payload.te");
  await expect(page.getByRole("option", { name: "text", exact: true })).toBeVisible({ timeout: 15_000 });
  await page.keyboard.press("Tab");
  await page.keyboard.type(`explorer${retry}-comp`);
  await expect(page.getByRole("option", { name: text })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(bar(page)).toHaveValue(new RegExp(`payload\\.text:${text}`));
  await expect(rows(page)).toHaveCount(1);
});

test("a filter that does not parse marks the place and offers the nearest; the list stays", async ({
  page,
  producer,
}) => {
  await producer.enqueue("e2e-echo", { text: "x" }, { runAt: inAnHour(), tags: ["wrong"] });
  await page.goto("/jobs?tag=wrong");
  await expect(rows(page)).toHaveCount(1);
  await filterBy(page, "tag:wrong stat:scheduled");
  const problem = page.getByRole("alert").filter({ hasText: "There is no field 'stat'." });
  await expect(problem.locator("mark")).toHaveText("stat");
  await expect(problem).toContainText("not applied");
  await expect(rows(page)).toHaveCount(1);
  await problem.getByRole("button", { name: "Write state", exact: true }).click();
  await expect(problem).toBeHidden();
  await expect(bar(page)).toHaveValue("tag:wrong state:scheduled");
  await expect(rows(page)).toHaveCount(1);
});

test("a long list goes on as one scrolls, each job once, drawing only the rows in sight", async ({
  page,
  producer,
}) => {
  const submitted = await producer.enqueueMany(
    Array.from({ length: 260 }, (_, index) => ({
      definition: "e2e-echo",
      payload: { text: `page ${index}` },
      runAt: inAnHour(),
      tags: ["pages"],
    })),
  );
  const ids = new Set(submitted.map((job) => ("id" in job ? job.id : "")));
  await page.goto("/jobs?tag=pages");
  await expect(page.getByText("260 jobs", { exact: true })).toBeVisible();
  const seen = new Set<string>();
  await expect(async () => {
    for (const id of await rows(page).evaluateAll((all) => all.map((row) => row.getAttribute("data-row-id"))))
      if (id) seen.add(id);
    await page.mouse.wheel(0, 700);
    expect(seen.size).toBe(260);
  }).toPass({ timeout: 30_000 });
  expect(seen).toEqual(ids);
  expect(await rows(page).count()).toBeLessThan(150);
  await expect(page.getByText("That is all there is.")).toBeVisible();
});

test("rows keep their places: newer jobs are counted until they are asked for", async ({
  page,
  producer,
}) => {
  await producer.enqueue("e2e-echo", { text: "first" }, { runAt: inAnHour(), tags: ["newer"] });
  await page.goto("/jobs?tag=newer");
  await expect(rows(page)).toHaveCount(1);
  await producer.enqueue("e2e-echo", { text: "second" }, { runAt: inAnHour(), tags: ["newer"] });
  const newer = page.getByRole("button", { name: "1 new", exact: true });
  await expect(newer).toBeVisible({ timeout: 15_000 });
  await expect(rows(page)).toHaveCount(1);
  await newer.click();
  await expect(rows(page)).toHaveCount(2);
  await expect(newer).toBeHidden();
});

test("a list that matches nothing says so and offers the way out", async ({ page }) => {
  await page.goto("/jobs?tag=no-such-tag");
  await expect(page.getByText("No job matches")).toBeVisible();
  await expect(page.getByText("0 jobs", { exact: true })).toBeVisible();
});

test("a job is looked at beside the list without losing one's place", async ({ page, producer }) => {
  for (const text of ["looked at", "looked at too"])
    await producer.enqueue("e2e-echo", { text }, { runAt: inAnHour(), tags: ["preview"] });
  await page.goto("/jobs?tag=preview");
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press("j");
  await page.keyboard.press("p");
  const panel = page.getByRole("dialog", { name: /^Job \d+/ });
  await expect(panel).toContainText("looked at too");
  await page.keyboard.press("j");
  await expect(panel).not.toContainText("looked at too");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(rows(page)).toHaveCount(2);
});

test("a view is kept with its filter and columns, pinned, and deleted", async ({ page, producer }) => {
  await producer.enqueue("e2e-echo", { text: "in a view" }, { runAt: inAnHour(), tags: ["views"] });
  await page.goto("/jobs?tag=views");
  await page.getByRole("button", { name: "Columns" }).click();
  const columns = page.getByRole("dialog", { name: "Columns" });
  await columns.getByLabel("A value of the payload").fill("text");
  await columns.getByRole("button", { name: "Add" }).click();
  await page.keyboard.press("Escape");
  await expect(rows(page).first()).toContainText("in a view");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save as a view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a view" });
  await dialog.getByLabel("Name").fill("My view");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/view=\d+/);
  await page.getByRole("button", { name: "My view" }).click();
  const pinned = page.waitForResponse(/explore\.pinView/);
  await page.getByRole("menuitem", { name: "Begin with this view" }).click();
  await pinned;
  await page.goto("/jobs");
  await expect(bar(page)).toHaveValue("tag:views");
  await expect(rows(page).first()).toContainText("in a view");
  await page.getByRole("button", { name: "My view" }).click();
  await page.getByRole("menuitem", { name: "Delete this view" }).click();
  await expect(page.getByText("View 'My view' is deleted")).toBeVisible();
  await page.goto("/jobs");
  await expect(bar(page)).toHaveValue("");
});

test("the matching list is exported as JSON lines", async ({ page, producer }) => {
  await producer.enqueue("e2e-echo", { text: "for a file" }, { runAt: inAnHour(), tags: ["exported"] });
  await page.goto("/jobs?tag=exported");
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "JSON lines" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("jobs.jsonl");
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trim().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ payload: { text: "for a file" }, tags: ["exported"] });
});
