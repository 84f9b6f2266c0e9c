import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "./console-test.ts";

test("a bulk retry halts by itself when its canary fails, and after the outage is resumed to the end", async ({
  page,
  producer,
  database,
}, testInfo) => {
  const file = path.resolve(testInfo.outputPath("down"));
  writeFileSync(file, "");
  const tag = "bulk-outage";
  await producer.enqueueMany(
    Array.from({ length: 30 }, () => ({ definition: "e2e-outage", payload: { file }, tags: [tag] })),
  );
  const dead = () =>
    database
      .query(
        "select count(*)::int as jobs from signalbox.dead d join signalbox.jobs j on j.id = d.id where j.tags @> array[$1]",
        [tag],
      )
      .then(({ rows }) => rows[0].jobs);
  await expect.poll(dead, { timeout: 30_000 }).toBe(30);

  await page.goto(`/jobs?q=${encodeURIComponent(`state:dead tag:${tag}`)}`);
  const boxes = page.getByRole("checkbox", { name: /^Select job/ });
  await boxes.nth(0).click();
  await page.getByRole("button", { name: /^Select all 30/ }).click();
  const dialog = page.getByRole("dialog", { name: "Act on many jobs" });
  await expect(dialog).toContainText("30 jobs match");
  await expect(dialog.getByRole("textbox", { name: "Canary" })).toHaveValue("10");
  await dialog.getByRole("button", { name: "Retry 30 jobs" }).click();
  await expect(dialog).toContainText("Say why");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("the service answers again");
  await dialog.getByRole("button", { name: "Retry 30 jobs" }).click();
  await page.getByRole("button", { name: "View", exact: true }).click();

  await expect(page.getByRole("heading", { level: 1 })).toContainText(`Retry 30 dead jobs tagged ${tag}`);
  await expect(page.getByText("It halted by itself: its jobs fail again")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("10 of 10 finished jobs failed again")).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "10");
  expect(await dead()).toBe(30);

  rmSync(file);
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
  await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "30", { timeout: 30_000 });
  await expect(page.getByRole("main").getByText("completed", { exact: true }).first()).toBeVisible();
  await expect.poll(dead).toBe(10);
});

test("a bulk cancel is taken back: the jobs return to the place they had", async ({
  page,
  producer,
  database,
}) => {
  const tag = "bulk-recall";
  await producer.enqueueMany(
    Array.from({ length: 12 }, () => ({
      definition: "e2e-echo",
      payload: { text: "later" },
      runAt: new Date(Date.now() + 3_600_000),
      tags: [tag],
    })),
  );
  const scheduled = () =>
    database
      .query(
        "select count(*)::int as jobs from signalbox.scheduled s join signalbox.jobs j on j.id = s.id where j.tags @> array[$1]",
        [tag],
      )
      .then(({ rows }) => rows[0].jobs);
  await page.goto(`/jobs?q=${encodeURIComponent(`tag:${tag}`)}`);
  const boxes = page.getByRole("checkbox", { name: /^Select job/ });
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  await page.getByRole("button", { name: "Cancel 2 jobs" }).click();
  const dialog = page.getByRole("dialog", { name: "Act on many jobs" });
  await dialog.getByRole("button", { name: "Cancel 2 jobs" }).click();
  await page.getByRole("button", { name: "View", exact: true }).click();
  await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "2");
  await expect.poll(scheduled).toBe(10);

  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Put back 2 jobs of bulk operation");
  await expect.poll(scheduled).toBe(12);
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("reads an operation and finds no button to steer it", async ({ page, producer }) => {
    await producer.enqueue("e2e-echo", { text: "seen" }, { tags: ["bulk-viewer"] });
    await page.goto("/bulk");
    await page.getByRole("table").first().getByRole("link").first().click();
    await page.waitForURL(/\/bulk\/\d+/);
    await expect(page.getByRole("progressbar")).toHaveCount(1);
    for (const name of ["Pause", "Resume", "Abort", "Take back"])
      await expect(page.getByRole("button", { name })).toHaveCount(0);
  });
});
