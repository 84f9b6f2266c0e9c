import { cancelJobs } from "./cancel-jobs.ts";
import { expect, test } from "./console-test.ts";

const settledMs = 20_000;

test("a cap per key holds the other jobs of a tenant, says who goes before them, and lets them go when it is cleared", async ({
  page,
  producer,
  database,
}) => {
  await page.goto("/queues/e2e");
  const editPerKey = async (most: string) => {
    await page.getByRole("button", { name: "Edit limits" }).click();
    const dialog = page.getByRole("dialog", { name: "Limits of e2e" });
    await dialog.getByLabel("Of one concurrency key at most").fill(most);
    await dialog.getByRole("button", { name: "Save limits" }).click();
    await expect(dialog).toBeHidden();
  };
  await editPerKey("1");
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
  await page.goto("/queues/e2e");
  await editPerKey("");
  await expect.poll(async () => (await held()).length, { timeout: settledMs }).toBe(0);
  await cancelJobs(page, ids);
});
