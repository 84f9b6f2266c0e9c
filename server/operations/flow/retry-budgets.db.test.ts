import { beforeEach, expect, test } from "vitest";
import { promoteDueJobs } from "../jobs/promote-due-jobs.ts";
import { testEngine } from "../testing/test-engine.ts";

const { engine, define, submit, value } = await testEngine();

beforeEach(async () => {
  for (const table of ["ready", "scheduled", "retry_budgets", "dependency_outcomes", "automation_events"])
    await engine.pool.query(`delete from signalbox.${table}`);
});

/** So many retries of a definition that are due now. */
async function dueRetries(definition: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await submit({ definition });
  await engine.pool.query(`with moved as (delete from signalbox.ready returning *)
    insert into signalbox.scheduled (id, run_at_ms, lane, attempt, class, failures, losses, retry)
    select id, run_at_ms - 10, lane, 1, class, 1, 0, true from moved`);
}

test("retries beyond the budget of a dependency are put off, use no attempt, and the feed says so once", async () => {
  await define("calls-mail", { dependencies: ["mail"] });
  await dueRetries("calls-mail", 50);
  const first = await promoteDueJobs(engine, 1_000);
  // 1 a second over 30 s, and nothing was started for the first time.
  expect(first).toMatchObject({ moved: 30, deferred: 20 });
  expect(
    await value("select count(*)::int from signalbox.scheduled where deferrals = 1 and attempt = 1"),
  ).toBe(20);
  expect(await value("select min(run_at_ms - signalbox.now_ms()) > 0 from signalbox.scheduled")).toBe(true);
  await engine.pool.query("update signalbox.scheduled set run_at_ms = signalbox.now_ms() - 1");
  expect(await promoteDueJobs(engine, 1_000)).toMatchObject({ moved: 0, deferred: 20 });
  expect(await value("select count(*)::int from signalbox.automation_events")).toBe(1);
});

test("first starts earn retries", async () => {
  await define("calls-mail", { dependencies: ["mail"] });
  await engine.pool.query(`insert into signalbox.dependency_outcomes (at_ms, source, dependency_id, succeeded, failed, refused,
      slow, overdue, first_starts, retry_starts, duration_ms_sum, in_flight)
    select signalbox.now_ms() - 5000, 1, id, 100, 0, 0, 0, 0, 100, 0, 1000, 0 from signalbox.dependencies where name = 'mail'`);
  await dueRetries("calls-mail", 60);
  expect(await promoteDueJobs(engine, 1_000)).toMatchObject({ moved: 50, deferred: 10 });
  // Put off one after the other, as the budget fills, which is by no whole number of milliseconds.
  const places = "select count(distinct run_at_ms)::int from signalbox.scheduled where deferrals = 1";
  expect(await value(places)).toBe(10);
});

test("however many dispatchers promote at once, they spend one budget", async () => {
  await define("calls-mail", { dependencies: ["mail"] });
  await dueRetries("calls-mail", 80);
  const promotions = await Promise.all([1, 2, 3, 4].map(() => promoteDueJobs(engine, 20)));
  expect(promotions.reduce((sum, { moved }) => sum + moved, 0)).toBeLessThanOrEqual(30);
});

test("first runs and retries of what has no budget are never put off", async () => {
  await define("calls-nobody");
  await define("calls-mail", { dependencies: ["mail"] });
  await dueRetries("calls-nobody", 40);
  expect(await promoteDueJobs(engine, 1_000)).toMatchObject({ moved: 40, deferred: 0 });
});

test("a definition's own budget counts its own starts", async () => {
  await define("budgeted", { retryBudget: { ratio: 0, minPerSecond: 0.1, windowMs: 30_000 } });
  await dueRetries("budgeted", 10);
  expect(await promoteDueJobs(engine, 1_000)).toMatchObject({ moved: 3, deferred: 7 });
});
