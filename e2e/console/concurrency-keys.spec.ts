import type { Page } from "@playwright/test";
import { cancelJobs } from "./cancel-jobs.ts";
import { expect, test } from "./console-test.ts";

const settledMs = 20_000;

/** Cap the jobs of a key on the page of the queue; empty clears it. */
async function limitPerKey(page: Page, most: string): Promise<void> {
  await page.goto("/queues/e2e");
  await page.getByRole("button", { name: "Edit limits" }).click();
  const dialog = page.getByRole("dialog", { name: "Limits of e2e" });
  await dialog.getByLabel("Of one concurrency key at most").fill(most);
  await dialog.getByRole("button", { name: "Save limits" }).click();
  await expect(dialog).toBeHidden();
}

test("a cap per key holds the other jobs of a tenant, says who goes before them, and lets them go when it is cleared", async ({
  page,
  producer,
  database,
}) => {
  await limitPerKey(page, "1");
  const key = { concurrencyKey: "tenant-<b>42</b>" };
  const jobs = await Promise.all(
    ["a", "b", "c"].map((text) => producer.enqueue("e2e-linger", { text }, key)),
  );
  const ids = jobs.map(({ id }) => id);
  const held = async () => {
    const { rows } = await database.query(
      "select id::text as id from signalbox.held where id = any($1::bigint[]) order by run_at_ms, id",
      [ids],
    );
    return rows.map(({ id }) => id as string);
  };
  await expect.poll(async () => (await held()).length, { timeout: settledMs }).toBe(2);
  const [next] = await held();
  await page.goto(`/jobs/${next}`);
  await expect(
    page
      .getByRole("region", { name: "Waiting because" })
      .getByText(
        "1 of key tenant-<b>42</b> runs or is in line: queue e2e lets 1 of a key at once; it is the next of the key",
      ),
  ).toBeVisible({ timeout: settledMs });
  await limitPerKey(page, "");
  await expect.poll(async () => (await held()).length, { timeout: settledMs }).toBe(0);
  await cancelJobs(page, ids);
});

test("a key has its weight and its jobs on the page of its queue, and the list is found by it", async ({
  page,
  producer,
}) => {
  await limitPerKey(page, "1");
  const key = "weighed, <i>1</i>";
  const jobs = await Promise.all(
    ["a", "b"].map((text) => producer.enqueue("e2e-linger", { text }, { concurrencyKey: key })),
  );
  const keys = page.getByRole("table", { name: "Keys" });
  await keys.getByRole("button", { name: `Weight of ${key}: 1` }).click({ timeout: settledMs });
  const dialog = page.getByRole("dialog", { name: `Weight of ${key}` });
  await dialog.getByLabel("Weight", { exact: true }).fill("0");
  await expect(dialog.getByText("From 0.1 to 100.", { exact: true })).toBeVisible();
  await dialog.getByLabel("Weight", { exact: true }).fill("3");
  await dialog.getByRole("button", { name: "Save weight" }).click();
  await expect(keys.getByRole("button", { name: `Weight of ${key}: 3` })).toBeVisible();
  // The change of the limits has its way back too.
  const notice = page.getByRole("listitem").filter({ hasText: `The weight of ${key} is changed` });
  await notice.getByRole("button", { name: "Take back" }).click();
  await expect(keys.getByRole("button", { name: `Weight of ${key}: 1` })).toBeVisible();
  await keys.getByRole("link", { name: key }).click();
  await expect(page.getByRole("combobox", { name: "Filter jobs" })).toHaveValue(
    `queue:e2e concurrency:"${key}"`,
  );
  const rows = page.getByRole("table", { name: "Jobs, newest first" }).locator("tbody tr[data-row-id]");
  await expect(rows).toHaveCount(jobs.length, { timeout: settledMs });
  await limitPerKey(page, "");
  await cancelJobs(
    page,
    jobs.map(({ id }) => id),
  );
});
