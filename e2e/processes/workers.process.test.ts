import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { probeJobs } from "../testing/job-probe.ts";
import { deaf, spinning, stuckAtFirst, timed } from "../testing/modules/held-jobs.ts";
import { type Program, startProgram } from "../testing/start-program.ts";
import { until } from "../testing/until.ts";

const leaseMs = 2_000;
/** What the engine adds at most to the lease before somebody else has the job, ms. */
const reclaimMs = 1_500;
const database = await testDatabase();
const { submit, completed, ended, running, row } = probeJobs(database);
const environment = { DATABASE_URL: database.url, LEASE_MS: String(leaseMs), LOG_LEVEL: "info" };

async function startWorker(concurrency: number): Promise<Program> {
  const words = ["worker", "e2e/testing/modules/held-jobs.ts", "--concurrency", String(concurrency)];
  const worker = startProgram(words, environment);
  await worker.says("the worker runs");
  return worker;
}

async function startDispatcher(): Promise<Program> {
  const dispatcher = startProgram(["dispatcher"], environment);
  await dispatcher.says("the dispatcher runs");
  return dispatcher;
}

const lastAttempts = (ids: string[]) =>
  row<{ jobs: number; lowest: number; highest: number; last_started_ms: number }>(
    `select count(*)::int as jobs, min(attempt) as lowest, max(attempt) as highest,
      max(started_at_ms)::float8 as last_started_ms from signalbox.completed where id = any($1::bigint[])`,
    [ids],
  );

test("a worker killed in the middle of its jobs loses none: others have them within lease + 1.5 s, each completed once", async () => {
  await startDispatcher();
  // Some slots are kept for critical and high jobs.
  const doomed = await startWorker(30);
  const ids = await submit(
    Array.from({ length: 20 }, (_, n) => ({ definition: stuckAtFirst, payload: { n } })),
  );
  await until("all run", async () => (await running(ids)) === 20);
  await startWorker(30);
  const { now_ms: killedAtMs } = await row<{ now_ms: number }>("select signalbox.now_ms()::float8 as now_ms");
  doomed.signal("SIGKILL");
  await until("all completed", async () => (await completed(ids)) === 20);

  expect(await ended(ids, "lost")).toBe(20);
  expect(await ended(ids, "failed")).toBe(0);
  const after = await lastAttempts(ids);
  expect(after).toMatchObject({ jobs: 20, lowest: 2, highest: 2 });
  expect(after.last_started_ms - killedAtMs).toBeLessThanOrEqual(leaseMs + reclaimMs);
});

test("SIGTERM lets what runs finish and hands the rest back with no attempt used; the exit code is 0", async () => {
  const worker = await startWorker(2);
  const ids = await submit(
    Array.from({ length: 8 }, (_, n) => ({ definition: timed, payload: { n, ms: 1_500 }, priority: "high" })),
  );
  await until("two run", async () => (await running(ids)) >= 2);
  worker.signal("SIGTERM");
  expect(await worker.exited()).toBe(0);

  const finished = await completed(ids);
  expect(finished).toBe(2);
  const { untouched } = await row<{ untouched: number }>(
    "select count(*)::int as untouched from signalbox.ready where id = any($1::bigint[]) and attempt = 0",
    [ids],
  );
  expect(untouched).toBe(6);
  for (const outcome of ["failed", "lost", "released", "timed-out"] as const)
    expect(await ended(ids, outcome)).toBe(0);

  await startWorker(8);
  await until("the rest completed", async () => (await completed(ids)) === 8);
  expect(await lastAttempts(ids)).toMatchObject({ lowest: 1, highest: 1 });
});

test("what outlasts the drain is told to stop and handed back, which is no failure", async () => {
  const worker = await startWorker(1);
  const [id = ""] = await submit([{ definition: stuckAtFirst, payload: { n: 1 } }]);
  await until("it runs", async () => (await running([id])) === 1);
  worker.signal("SIGTERM");
  expect(await worker.exited()).toBe(0);
  expect(await ended([id], "released")).toBe(1);
  const ready = await row<{ failures: number; losses: number }>(
    "select failures, losses from signalbox.ready where id = $1",
    [id],
  );
  expect(ready).toEqual({ failures: 0, losses: 0 });
});

test("an event loop blocked past the attempt's limit lets the lease go, and its late result is refused", async () => {
  await startDispatcher();
  const spinner = await startWorker(1);
  const [id = ""] = await submit([{ definition: spinning, payload: { ms: 7_000 } }]);
  await until("it runs", async () => (await running([id])) === 1);
  const { worker_id: spinnerId } = await row<{ worker_id: string }>(
    "select worker_id from signalbox.leases where $1 = any(ids)",
    [id],
  );
  await startWorker(1);
  await until("somebody else completed it", async () => (await completed([id])) === 1);
  const done = await row<{ worker_id: string; attempt: number }>(
    "select worker_id, attempt from signalbox.completed where id = $1",
    [id],
  );
  expect(done.attempt).toBe(2);
  expect(done.worker_id).not.toBe(spinnerId);

  await until("its own result is refused", () => /results discarded|told to stop/.test(spinner.output()));
  expect(await completed([id])).toBe(1);
  expect(spinner.exitCode()).toBeNull();
});

test("a handler that never returns is timed out, and its worker goes on", async () => {
  const worker = await startWorker(1);
  const [hung = ""] = await submit([{ definition: deaf, payload: {} }]);
  const dead = await until("it is dead", () =>
    row<{ failure_class: string } | undefined>("select failure_class from signalbox.dead where id = $1", [
      hung,
    ]),
  );
  expect(dead.failure_class).toBe("timeout");
  expect(await ended([hung], "timed-out")).toBe(1);
  const ids = await submit([{ definition: timed, payload: { n: 1, ms: 0 } }]);
  await until("the next job completed", async () => (await completed(ids)) === 1);
  expect(worker.exitCode()).toBeNull();
});
