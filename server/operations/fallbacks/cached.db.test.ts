import { beforeEach, expect, test } from "vitest";
import { deleteStaleFallbacks } from "#server/store/fallbacks/delete-stale-fallbacks.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { completeAttempts } from "../attempts/complete-attempts.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { fallbackKit } from "../testing/fallback-kit.ts";
import { testEngine } from "../testing/test-engine.ts";

const engineOfTest = await testEngine();
const { engine, define, submit, worker, value } = engineOfTest;
const { hold, fallBack, linesOf, waiting } = fallbackKit(engineOfTest);
const { completion, placements } = attemptKit(engineOfTest);
const cached = { dependencies: ["rates"], fallback: { result: "cached", maxAgeMs: 60_000 } };

beforeEach(async () => {
  for (const table of ["breakers", "ready", "fallbacks", "cached_results", "automation_events"])
    await engine.pool.query(`delete from signalbox.${table}`);
  await engine.flow.check();
  await define("quote", cached);
});

/** Run one job of the payload to its end; its output is `{"ok":true}`. */
async function run(payload: unknown, definition = "quote"): Promise<string> {
  const id = await submit({ definition, payload });
  const one = await worker();
  const [job] = await one.claim(1);
  if (!job) throw new Error("nothing was claimed");
  await completeAttempts(engine, one.id, [completion(job)], [job.leaseId]);
  return id;
}

test("a held job is answered with the output of one of its payload, whatever the order of its keys", async () => {
  const source = await run({ from: "EUR", to: "CHF" });
  const id = await submit({ definition: "quote", payload: { to: "CHF", from: "EUR" } });
  const other = await submit({ definition: "quote", payload: { from: "EUR", to: "USD" } });
  await hold("rates", "open", "open");
  await fallBack();
  expect(await placements(id)).toEqual(["completed"]);
  expect(await linesOf(other)).toEqual(["quote"]);
  const detail = await findJob(engine.pool, id, engine.catalog.current.priority);
  expect(detail?.job).toMatchObject({ state: "completed", attempt: 0, workerId: null, startedAtMs: null });
  expect(JSON.parse(detail?.job.output ?? "")).toEqual({ ok: true });
  expect(detail?.attempts).toEqual([]);
  expect(detail?.events.at(-1)).toMatchObject({
    kind: "completed",
    from: "available",
    data: { cachedFrom: source, dependency: "rates" },
  });
  const { rows } = await engine.pool.query("select * from signalbox.fallbacks");
  expect(rows[0]).toMatchObject({ answered: 1, diverted: 0, unfit: 1 });
  expect(await value("select cause from signalbox.automation_events")).toBe(
    "Cached results answered 1 job of quote while the breaker of rates is open; 1 job did not fit and waits",
  );
});

test("a result older than it may be, or whose job is gone, answers nobody", async () => {
  const old = await run("old");
  await engine.pool.query({
    text: "update signalbox.cached_results set finished_at_ms = signalbox.now_ms() - 61000 where job_id = $1",
    values: [old],
  });
  const gone = await run("gone");
  await engine.pool.query({ text: "delete from signalbox.completed where id = $1", values: [gone] });
  await submit({ definition: "quote", payload: "old" });
  await submit({ definition: "quote", payload: "gone" });
  await hold("rates", "open", "open");
  await fallBack();
  expect(await waiting("quote")).toBe(2);
});

test("a payload has one row, of its newest job once the row is a tenth of its age", async () => {
  const first = await run(1);
  const second = await run(1);
  expect(await value("select job_id from signalbox.cached_results")).toBe(first);
  await engine.pool.query("update signalbox.cached_results set finished_at_ms = finished_at_ms - 10000");
  const third = await run(1);
  expect(await value("select array_agg(job_id::text) from signalbox.cached_results")).toEqual([third]);
  expect(second).not.toBe(third);
});

test("completions of other definitions keep nothing", async () => {
  await define("plain");
  await run(1, "plain");
  expect(Number(await value("select count(*) from signalbox.cached_results"))).toBe(0);
});

test("an answer given from the cache is no source of others", async () => {
  const source = await run(1);
  await submit({ definition: "quote", payload: 1 });
  await hold("rates", "open", "open");
  await fallBack();
  expect(await value("select array_agg(job_id::text) from signalbox.cached_results")).toEqual([source]);
});

test("results are forgotten when they are too old, and at once when no fallback asks for them", async () => {
  await run("old");
  await engine.pool.query("update signalbox.cached_results set finished_at_ms = finished_at_ms - 61000");
  await run("new");
  const sweep = () => deleteStaleFallbacks(engine.pool, 100);
  expect(await sweep()).toBe(false);
  expect(Number(await value("select count(*) from signalbox.cached_results"))).toBe(1);
  await define("quote", { dependencies: ["rates"] });
  await sweep();
  expect(Number(await value("select count(*) from signalbox.cached_results"))).toBe(0);
});
