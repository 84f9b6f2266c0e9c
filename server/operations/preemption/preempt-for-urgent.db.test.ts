import { beforeEach, expect, test } from "vitest";
import { takeDuty } from "#server/store/duties/take-duty.ts";
import { renewLeases } from "#server/store/leases/renew-leases.ts";
import { endAttempts } from "../attempts/end-attempts.ts";
import { takeDepthSample } from "../metrics/maintain-metrics.ts";
import { testEngine } from "../testing/test-engine.ts";
import { preemptForUrgent } from "./preempt-for-urgent.ts";

const { engine, define, submit, worker, value } = await testEngine();

async function held(name: string) {
  return { name, owner: "7", epoch: (await takeDuty(engine.pool, name, "7", 60_000)) ?? "0" };
}

const preempt = async () => preemptForUrgent(engine, await held("preempt"));

/** Everything that waits has waited for so long, and the depths are counted. */
async function wait(ms: number): Promise<void> {
  await engine.pool.query({
    text: "update signalbox.ready set run_at_ms = run_at_ms - $1::bigint",
    values: [ms],
  });
  await engine.pool.query({
    text: "update signalbox.leases set claimed_at_ms = claimed_at_ms - $1::bigint",
    values: [ms],
  });
  await engine.pool.query("delete from signalbox.depth_samples");
  await takeDepthSample(engine, await held("depth"));
}

beforeEach(async () => {
  const tables = ["ready", "leases", "workers", "preempt_requests", "automation_events", "depth_samples"];
  for (const table of tables) await engine.pool.query(`delete from signalbox.${table}`);
  await define("long", { priority: "bulk", preemptible: true });
  await define("stubborn", { priority: "bulk" });
  await define("urgent", { priority: "critical" });
});

/** A worker of ten slots, all taken by jobs of one definition. */
async function fullWorker(definition: string) {
  const busy = await worker();
  await engine.pool.query("update signalbox.workers set concurrency = 10");
  for (let i = 0; i < 10; i++) await submit({ definition });
  const jobs = await busy.claim(10);
  expect(jobs).toHaveLength(10);
  return { ...busy, jobs };
}

test("a preemptible job is asked to give way for critical work that is late, and its worker hears of it", async () => {
  const busy = await fullWorker("long");
  await submit({ definition: "urgent" });
  await wait(5_000);
  expect(await preempt()).toBe(1);
  const vitals = { running: 10, loopLagMs: 0, saturation: 1 };
  const { preempt: asked } = await renewLeases(engine.pool, busy.id, 15_000, vitals, null);
  expect(asked).toHaveLength(1);
  expect(await value("select object_id from signalbox.automation_events where kind = 'job-preempted'")).toBe(
    asked[0],
  );
  expect(await preempt()).toBe(0);
});

test("what gave way stands where it stood in line, with no failure and its attempt on record", async () => {
  const busy = await fullWorker("long");
  await submit({ definition: "urgent" });
  await wait(5_000);
  await preempt();
  const jobId = String(await value("select job_id from signalbox.preempt_requests"));
  const job = busy.jobs.find(({ id }) => id === jobId);
  if (job === undefined) throw new Error("not one of its jobs");
  const nowMs = Math.round(engine.clock.nowMs());
  const ended = { leaseId: job.leaseId, jobId, attempt: 1, workerId: busy.id, startedAtMs: nowMs - 5_000 };
  await endAttempts(
    engine,
    busy.id,
    [{ ...ended, finishedAtMs: nowMs, outcome: "preempted", failure: null, runAtMs: job.runAtMs }],
    [],
  );
  expect(await value("select count(*)::int from signalbox.preempt_requests")).toBe(0);
  expect(await value(`select outcome from signalbox.attempts where job_id = ${jobId}`)).toBe("preempted");
  const row = await value(
    `select json_build_array(failures, losses, run_at_ms) from signalbox.ready where id = ${jobId}`,
  );
  expect(JSON.parse(String(row))).toEqual([0, 0, job.runAtMs]);
});

test("a job of a definition that does not say so is never asked, nor anyone while nothing urgent is late", async () => {
  await fullWorker("stubborn");
  await submit({ definition: "urgent" });
  await wait(5_000);
  expect(await preempt()).toBe(0);
  await engine.pool.query("delete from signalbox.leases");
  await fullWorker("long");
  await engine.pool.query("update signalbox.ready set run_at_ms = signalbox.now_ms()");
  await wait(0);
  expect(await preempt()).toBe(0);
});

test("a job that ended before it came to a checkpoint is forgotten", async () => {
  await fullWorker("long");
  await submit({ definition: "urgent" });
  await wait(5_000);
  await preempt();
  await engine.pool.query("delete from signalbox.leases");
  await wait(1_000);
  await preempt();
  expect(await value("select count(*)::int from signalbox.preempt_requests")).toBe(0);
});
