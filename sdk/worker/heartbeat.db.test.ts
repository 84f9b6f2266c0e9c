import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { reapLeases } from "#server/operations/leases/reap-leases.ts";
import { testEngine } from "#server/operations/testing/test-engine.ts";
import { silentLog } from "#server/system/log.ts";
import { createWorker, type SignalboxWorker } from "../create-worker.ts";
import { defineJob, type JobOptions } from "../define-job.ts";

const test = await testEngine();
const { pool } = test.engine;
const workers: SignalboxWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
});

async function working(name: string, handler: JobOptions<unknown, unknown>["handler"]) {
  const job = defineJob({ name, queue: "q", input: z.unknown(), handler });
  const worker = createWorker({
    connectionString: test.url,
    jobs: [job],
    leaseMs: 1_500,
    heartbeatMs: 200,
    drainMs: 100,
    log: silentLog,
  });
  workers.push(worker);
  await worker.start();
  await test.engine.catalog.check();
  return (await test.value("select max(id) from signalbox.workers")) as string;
}

/** A handler that waits for its signal in the first attempt, and what it saw. */
function waiting() {
  const seen: { attempt: number; reason: unknown }[] = [];
  const started = Promise.withResolvers<void>();
  const handler: JobOptions<unknown, unknown>["handler"] = (_input, { attempt, signal }) => {
    if (attempt > 1) {
      seen.push({ attempt, reason: null });
      return "done";
    }
    started.resolve();
    return new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        seen.push({ attempt, reason: signal.reason });
        reject(signal.reason);
      });
    });
  };
  return { seen, handler, started: started.promise };
}

describe("a worker whose heartbeats cannot be written", () => {
  it("aborts its handlers before the lease can end, and never holds on to what it gave up when they can again", async () => {
    const { seen, handler, started } = waiting();
    const workerId = await working("cut-off", handler);
    const id = await test.submit({ definition: "cut-off" });
    await started;
    const blocker = await pool.connect();
    await blocker.query("begin");
    await blocker.query("select 1 from signalbox.workers where id = $1 for update", [workerId]);
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 4_000, interval: 5 });
    expect(seen[0]?.reason).toMatchObject({ kind: "lease-lost" });
    const left = await test.value(
      "select (until_ms - signalbox.now_ms())::float8 from signalbox.leases where $1 = any(ids)",
      [id],
    );
    expect(left).toBeGreaterThan(0);
    await blocker.query("rollback");
    blocker.release();
    // Heartbeats go on for the worker, not for that lease: it runs out and the job is run again.
    await vi.waitFor(async () => expect(await reapLeases(test.engine, 10)).toBe(1), {
      timeout: 6_000,
      interval: 50,
    });
    await vi.waitFor(() => expect(seen[1]).toEqual({ attempt: 2, reason: null }), { timeout: 3_000 });
    expect(await test.value("select state from signalbox.workers where id = $1", [workerId])).toBe("active");
  });
});

describe("a worker that was ended while it could not hear", () => {
  it("learns it from its next heartbeat, finishes what it still holds and registers again", async () => {
    const finish = Promise.withResolvers<string>();
    const started = Promise.withResolvers<void>();
    const handler = () => {
      started.resolve();
      return finish.promise;
    };
    const job = defineJob({ name: "ended", queue: "q", input: z.unknown(), handler });
    const worker = createWorker({
      connectionString: test.url,
      jobs: [job],
      leaseMs: 1_500,
      heartbeatMs: 200,
      log: silentLog,
    });
    workers.push(worker);
    await worker.start();
    await test.engine.catalog.check();
    const id = await test.submit({ definition: "ended" });
    await started.promise;
    await test.value(
      "update signalbox.workers set ended_at = clock_timestamp(), state = 'lost' where 'ended' = any(definitions)",
    );
    const completed = async (jobs: string[], count: number) =>
      vi.waitFor(
        async () =>
          expect(
            await test.value("select count(*)::int from signalbox.completed where id = any($1)", [jobs]),
          ).toBe(count),
        { timeout: 5_000 },
      );
    const alive = () =>
      test.value(
        "select count(*)::int from signalbox.workers where 'ended' = any(definitions) and ended_at is null",
      );
    finish.resolve("done");
    await completed([id], 1);
    await vi.waitFor(async () => expect(await alive()).toBe(1), { timeout: 5_000 });
    const next = await test.submit({ definition: "ended" });
    await completed([next], 1);
  });
});

describe("a handler that blocks the event loop past its limit", () => {
  it("loses its lease, for nobody else could end it, and its late result is refused", async () => {
    let runs = 0;
    const handler = () => {
      runs++;
      const until = performance.now() + (runs === 1 ? 2_600 : 0);
      while (performance.now() < until);
      return `run ${runs}`;
    };
    const job = defineJob({
      name: "spins",
      queue: "q",
      input: z.unknown(),
      handler,
      timeouts: { attemptMs: 300 },
    });
    const worker = createWorker({
      connectionString: test.url,
      jobs: [job],
      leaseMs: 1_500,
      heartbeatMs: 200,
      drainMs: 100,
      log: silentLog,
    });
    workers.push(worker);
    await worker.start();
    await test.engine.catalog.check();
    const id = await test.submit({ definition: "spins" });
    await vi.waitFor(() => expect(runs).toBe(1), { timeout: 3_000 });
    await vi.waitFor(
      async () => {
        await reapLeases(test.engine, 10);
        expect(await test.value("select output::text from signalbox.completed where id = $1", [id])).toBe(
          '"run 2"',
        );
      },
      { timeout: 8_000, interval: 50 },
    );
    const outcome = await test.value(
      "select outcome from signalbox.attempts where job_id = $1 and number = 1",
      [id],
    );
    expect(outcome).toBeOneOf(["lost", "timed-out"]);
  });
});
