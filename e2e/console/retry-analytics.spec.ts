import type { Pool } from "#db/client.ts";
import { callProcedure } from "./call-procedure.ts";
import { expect, test } from "./console-test.ts";

const policyName = "e2e-analysed";
const definition = "e2e-analysed";
/** Retries what cannot succeed unless someone acts. */
const policy = {
  law: { kind: "constant", delayMs: 1_000 },
  jitter: "none",
  minDelayMs: 0,
  maxAttempts: 4,
  honourRetryAfter: true,
  perClass: { bug: { retry: true } },
};

/** Sixty jobs that died of a bug after four attempts, and sixty that timed out once and then succeeded. */
async function recordPast(database: Pool): Promise<void> {
  await database.query(
    `with lane as (select l.id from signalbox.lanes l join signalbox.definitions d on d.id = l.definition_id where d.name = $1),
      j as (insert into signalbox.jobs (id, lane, class, definition_version, payload)
        select signalbox.first_id_at(signalbox.now_ms() - 1800000 + n * 10000) + 3, lane.id, 2, 1, '{}'
        from lane, generate_series(1, 120) n returning id, lane),
      k as (select id, lane, (row_number() over (order by id)) % 2 = 0 as bugged, (id >> 22) + 1704067200000 as at_ms from j),
      a as (insert into signalbox.attempts (job_id, number, outcome, worker_id, lane, started_at_ms, finished_at_ms, error, failure_class, origin, decision)
        select k.id, n, 'failed', 1, k.lane, at_ms + n * 1000, at_ms + n * 1000 + 20, '{}', case when bugged then 'bug' else 'timeout' end, 'code', '{}'
        from k, generate_series(1, case when bugged then 4 else 1 end) n),
      c as (insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt)
        select id, at_ms + 2000, at_ms + 2020, 1, 2 from k where not bugged)
    insert into signalbox.dead (id, finished_at_ms, lane, class, attempt, failures, losses, failure_class, reason)
    select id, at_ms + 4020, lane, 2, 4, 4, 0, 'bug', 'failure 4 of 4 attempts' from k where bugged`,
    [definition],
  );
}

test.beforeAll(async ({ database, consoleUrl, resident }) => {
  const door = { baseUrl: consoleUrl, visitor: await resident("admin") };
  const body = { name: policyName, policy, expectedVersion: 0, reason: "" };
  expect((await callProcedure(door, "policies.put", body)).ok).toBe(true);
  const spec = {
    queue: "e2e",
    priority: "normal",
    inputSchema: { type: "object" },
    retryPolicy: policyName,
    timeouts: { attemptMs: 30_000 },
    guarantee: "at-least-once",
    target: { kind: "worker" },
  };
  const put = { name: definition, spec, expectedVersion: 0, force: false, reason: "" };
  expect((await callProcedure(door, "definitions.put", put)).ok).toBe(true);
  await recordPast(database);
});

test("retries that do not help are shown, and the policy that stops them opens in the editor with its backtest", async ({
  page,
}) => {
  await page.goto(`/policies/${policyName}`);
  const help = page.getByRole("region", { name: "Do retries help?" });
  await help.scrollIntoViewIfNeeded();
  await expect(help.getByText("60 of 120 jobs that failed recovered (50 %).")).toBeVisible();
  const odds = help.getByRole("table", { name: "Success of the next attempt" });
  await expect(odds.getByRole("row", { name: /bug/ })).toContainText("futile");
  await odds.getByRole("button", { name: "timeout" }).click();
  await expect(odds.getByRole("row", { name: /attempt 2/ })).toHaveCount(2);
  await help.getByRole("button", { name: "Figures as a table" }).click();
  await expect(
    help.getByRole("table", { name: "Attempts until the end" }).getByRole("row", { name: /^4/ }),
  ).toContainText("60");

  const suggested = help.getByRole("region", { name: "Suggested policy" });
  await expect(suggested).toContainText("Do not retry bug: 0 of 180 retries succeeded");
  await suggested.getByRole("button", { name: "Open in the editor" }).click();
  await expect(page.getByText("Filled in with the suggested policy.")).toBeFocused();
  const backtest = page.getByRole("region", { name: "Backtest" });
  await expect(backtest.getByRole("row", { name: /^Attempts spent/ })).toContainText("180 fewer");
  await expect(backtest.getByText("Every job would end as before.")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
});

test("a definition tells of its own retries, and leads to the editor of its policy", async ({ page }) => {
  await page.goto(`/definitions/${definition}?tab=retries`);
  await expect(page.getByText("60 of 120 jobs that failed recovered (50 %).")).toBeVisible();
  await page.getByRole("button", { name: "the last hour" }).click();
  await expect(page).toHaveURL(/retries=hour/);
  await page.getByRole("button", { name: "Open in the editor" }).click();
  await expect(page).toHaveURL(new RegExp(`/policies/${policyName}\\?open=suggestion`));
  await expect(page.getByText("Filled in with the suggested policy.")).toBeVisible();

  // Unsaved changes are not replaced without a word.
  await page.getByLabel("Attempts at most").fill("3");
  const help = page.getByRole("region", { name: "Do retries help?" });
  await help.scrollIntoViewIfNeeded();
  await help.getByRole("button", { name: "Open in the editor" }).click();
  const asked = page.getByRole("dialog", { name: "Replace your unsaved changes?" });
  await asked.getByRole("button", { name: "Replace them" }).click();
  await expect(page.getByLabel("Attempts at most")).toHaveValue("4");
  await page.getByRole("button", { name: "Discard" }).click();
});

test.describe("a viewer", () => {
  test.use({ role: "viewer" });

  test("reads what retries came to, and is offered no way to change the policy", async ({ page }) => {
    await page.goto(`/policies/${policyName}`);
    const help = page.getByRole("region", { name: "Do retries help?" });
    await help.scrollIntoViewIfNeeded();
    await expect(help.getByText(/Do not retry bug/)).toBeVisible();
    await expect(help.getByRole("button", { name: "Open in the editor" })).toHaveCount(0);
  });
});
