import { expect, test } from "./console-test.ts";

const inAnHour = () => new Date(Date.now() + 3_600_000);

test("filters narrow the list, stand in the address, and come back with the browser", async ({
  page,
  producer,
}) => {
  await producer.enqueue(
    "e2e-echo",
    { text: "later" },
    { runAt: inAnHour(), tags: ["filters"], priority: "high" },
  );
  await page.goto("/jobs");
  await page.getByRole("button", { name: "scheduled", exact: true }).click();
  await expect(page).toHaveURL(/state=scheduled/);
  await page.getByRole("button", { name: "queue: any" }).click();
  await page.getByRole("option", { name: "e2e", exact: true }).click();
  await expect(page).toHaveURL(/queue=e2e/);
  await page.getByRole("searchbox", { name: "Search" }).fill("tag:filters");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tag=filters/);
  const rows = page.getByRole("table", { name: "Jobs, newest first" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("scheduled");
  await expect(rows.first()).toContainText("high");

  await rows.first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: /e2e-echo/ })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/state=scheduled.*queue=e2e.*tag=filters|tag=filters/);
  await expect(rows).toHaveCount(1);

  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/jobs$/);
});

test("pages of a long list follow each other without a gap", async ({ page, producer }) => {
  const submitted = await producer.enqueueMany(
    Array.from({ length: 70 }, (_, index) => ({
      definition: "e2e-echo",
      payload: { text: `page ${index}` },
      runAt: inAnHour(),
      tags: ["pages"],
    })),
  );
  const ids = submitted.map((job) => ("id" in job ? job.id : ""));
  await page.goto("/jobs?tag=pages");
  const links = page.getByRole("table", { name: "Jobs, newest first" }).locator("tbody").getByRole("link");
  await expect(links).toHaveCount(50);
  const first = await links.allTextContents();
  await page.getByRole("button", { name: "Older" }).click();
  await expect(links).toHaveCount(20);
  await expect(page).toHaveURL(/cursor=/);
  const second = await links.allTextContents();
  const seen = [...first, ...second].map((text) => /\d{10,}/.exec(text)?.[0]);
  expect(new Set(seen)).toEqual(new Set(ids));
  await page.getByRole("button", { name: "Newest" }).click();
  await expect(links).toHaveCount(50);
});

test("rows keep their places: newer jobs are counted until they are asked for", async ({
  page,
  producer,
}) => {
  await producer.enqueue("e2e-echo", { text: "first" }, { runAt: inAnHour(), tags: ["newer"] });
  await page.goto("/jobs?tag=newer");
  const rows = page.getByRole("table", { name: "Jobs, newest first" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await producer.enqueue("e2e-echo", { text: "second" }, { runAt: inAnHour(), tags: ["newer"] });
  const newer = page.getByRole("button", { name: "1 newer job" });
  await expect(newer).toBeVisible({ timeout: 15_000 });
  await expect(rows).toHaveCount(1);
  await newer.click();
  await expect(rows).toHaveCount(2);
  await expect(newer).toBeHidden();
});

test("a list that matches nothing says so and offers the way out", async ({ page }) => {
  await page.goto("/jobs?tag=no-such-tag");
  await expect(page.getByText("No job matches")).toBeVisible();
});

test("several jobs are cancelled at once, with one reason", async ({ page, producer }) => {
  for (const text of ["a", "b"])
    await producer.enqueue("e2e-echo", { text }, { runAt: inAnHour(), tags: ["several"] });
  await page.goto("/jobs?tag=several");
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page
    .getByRole("region", { name: "2 jobs selected" })
    .getByRole("button", { name: "Cancel 2 jobs" })
    .click();
  const dialog = page.getByRole("dialog", { name: "Cancel 2 jobs" });
  await dialog.getByLabel("Reason").fill("not wanted any more");
  await dialog.getByRole("button", { name: "Cancel 2 jobs" }).click();
  await expect(page.getByText("2 jobs are cancelled")).toBeVisible();
  await expect(page.getByRole("table", { name: "Jobs, newest first" }).getByText("cancelled")).toHaveCount(2);
});
