import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { sampleDepth } from "#server/store/metrics/sample-depth.ts";
import { testCaller } from "./testing/test-caller.ts";

const { test, api, reader } = await testCaller();
const { engine } = test;
await test.define("work", { queue: "alpha" });
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof TRPCError ? error : null),
  );

describe("the page of a queue", () => {
  it("has its limits, and when its rate lets the next job start", async () => {
    await api.queues.change({
      name: "alpha",
      change: { rateLimit: { count: 1, perMs: 3_600_000 }, maxRunning: 7 },
      reason: "",
    });
    await test.submit({ definition: "work" });
    await test.submit({ definition: "work" });
    const worker = await test.worker();
    expect(await worker.claim(5)).toHaveLength(1);
    await sampleDepth(engine.pool);
    reader.forget();
    const { queue, definitions } = await api.queues.get({ name: "alpha" });
    expect(queue).toMatchObject({ maxRunning: 7, rateLimit: { count: 1, perMs: 3_600_000 }, running: 1 });
    expect(queue.rateLimit?.nextTokenAtMs).toBeGreaterThan(engine.clock.nowMs());
    expect(definitions.map(({ name }) => name)).toEqual(["work"]);
  });

  it("has the age of the oldest job in line, never of one that is due later", async () => {
    await test.define("idle", { queue: "idle" });
    await test.submit({ definition: "idle", runAtMs: engine.clock.nowMs() + 3_600_000 });
    await sampleDepth(engine.pool);
    const { buckets } = await api.queues.times({ name: "idle", range: "15m" });
    const counted = buckets.filter((bucket) => bucket.oldestMs !== null);
    expect(counted.length).toBeGreaterThan(0);
    expect(counted.every((bucket) => bucket.oldestMs === 0)).toBe(true);
    await test.submit({ definition: "idle" });
    await test.value("update signalbox.ready set run_at_ms = run_at_ms - 60000");
    await test.value("truncate signalbox.depth_samples");
    await sampleDepth(engine.pool);
    const later = await api.queues.times({ name: "idle", range: "15m" });
    expect(Math.max(...later.buckets.map((bucket) => bucket.oldestMs ?? 0))).toBeGreaterThan(50_000);
  });

  it("costs no query of its own while the Board is read", async () => {
    await api.overview.board();
    let queries = 0;
    const query = engine.pool.query.bind(engine.pool);
    engine.pool.query = ((...args: Parameters<typeof query>) => {
      queries++;
      return query(...args);
    }) as typeof engine.pool.query;
    await api.queues.get({ name: "alpha" });
    await api.queues.list({});
    engine.pool.query = query;
    expect(queries).toBe(0);
  });

  it("asks for a reason to pause or drain, and cancels what runs only with one", async () => {
    const pause = api.queues.change({ name: "alpha", change: { paused: true }, reason: "" });
    expect((await refusalOf(pause))?.message).toContain("reason is needed");
    const drain = api.queues.change({ name: "alpha", change: { draining: true }, reason: "" });
    expect((await refusalOf(drain))?.message).toContain("reason is needed");
    expect((await refusalOf(api.queues.cancelRunning({ name: "alpha", reason: "" })))?.message).toContain(
      "reason is needed",
    );
    const outcome = await api.queues.cancelRunning({ name: "alpha", reason: "wrong input" });
    expect(outcome).toMatchObject({ done: [expect.any(String)], refused: [] });
    const asked = await test.value("select array_agg(job_id) from signalbox.cancel_requests");
    expect(asked).toEqual(outcome.done);
  });
});

describe("the page of a worker", () => {
  it("has what it holds, and pages through what it ended without a gap", async () => {
    await test.define("many", { queue: "many" });
    for (let n = 0; n < 61; n++) await test.submit({ definition: "many" });
    const worker = await test.worker();
    const jobs = (await worker.claim(200)).filter((job) => job.queue === "many");
    expect(jobs).toHaveLength(61);
    const held = await api.workers.get({ id: worker.id });
    const ofMany = held.jobs.filter(({ queue }) => queue === "many");
    expect(ofMany.map(({ id }) => id).sort()).toEqual(jobs.map(({ id }) => id).sort());
    expect(ofMany[0]).toMatchObject({ definition: "many", queue: "many", attempt: 1 });
    await test.value(
      `insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt)
       select unnest($1::bigint[]), 1, 2, $2, 1`,
      [jobs.map(({ id }) => id), worker.id],
    );
    const after = (await api.workers.get({ id: worker.id })).jobs;
    expect(after.filter(({ queue }) => queue === "many")).toEqual([]);
    const first = await api.workers.attempts({ id: worker.id });
    const second = await api.workers.attempts({ id: worker.id, cursor: first.nextCursor });
    const seen = [...first.attempts, ...second.attempts].map(({ jobId }) => jobId);
    expect(seen).toEqual(jobs.map(({ id }) => id).sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1)));
    expect(second.nextCursor).toBeNull();
  });

  it("says when there is no such worker", async () => {
    expect((await refusalOf(api.workers.get({ id: "999999" })))?.code).toBe("NOT_FOUND");
    expect((await refusalOf(api.workers.get({ id: "x'; drop" })))?.code).toBe("NOT_FOUND");
  });
});

describe("the fleet", () => {
  it("shows a drain at once, needs a reason for it and none to take it back", async () => {
    const { id } = await test.worker();
    const refused = api.workers.drain({ id, draining: true, reason: "" });
    expect((await refusalOf(refused))?.message).toContain("reason is needed");
    await api.workers.drain({ id, draining: true, reason: "new version" });
    const stateOf = async () => (await api.workers.list()).workers.find((worker) => worker.id === id);
    expect(await stateOf()).toMatchObject({ state: "draining", drainReason: "new version" });
    await api.workers.drain({ id, draining: false, reason: "" });
    expect(await stateOf()).toMatchObject({ state: "active", drainReason: null });
  });

  it("names the worker that fails far more than its peers on the same definition", async () => {
    await test.define("fragile", { queue: "fragile" });
    const [bad, good] = [await test.worker(), await test.worker()];
    for (let n = 0; n < 80; n++) await test.submit({ definition: "fragile" });
    await test.value(
      `with j as (select id, lane, row_number() over (order by id) as n from signalbox.jobs
          where lane = (select l.id from signalbox.lanes l join signalbox.definitions d on d.id = l.definition_id where d.name = 'fragile')),
        failed as (insert into signalbox.attempts (job_id, number, outcome, worker_id, lane, started_at_ms, finished_at_ms)
          select id, 1, 'failed', $1, lane, 1, 2 from j where n <= 30)
        insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt)
        select id, 1, 2, case when n <= 40 then $1::bigint else $2::bigint end, 1 from j where n > 30`,
      [bad.id, good.id],
    );
    expect(await api.workers.outliers()).toMatchObject([
      { workerId: bad.id, definition: "fragile", failures: 30, attempts: 40, peers: 1, peerShare: 0 },
    ]);
  });
});
