import { describe, expect, it, vi } from "vitest";
import { renewLeases } from "#server/store/leases/renew-leases.ts";
import { endSilentWorkers } from "#server/store/workers/end-silent-workers.ts";
import { reapLeases } from "../leases/reap-leases.ts";
import { patchQueue } from "../queues/patch-queue.ts";
import { testEngine } from "../testing/test-engine.ts";
import type { ClaimedAttempt } from "./claim-attempts.ts";
import { completeAttempts } from "./complete-attempts.ts";
import { endAttempts } from "./end-attempts.ts";

const test = await testEngine();
const { engine } = test;
await test.define("open");
await test.define("narrow", { queue: "capped" });
await patchQueue(engine, { name: "capped", body: { maxRunning: 5 }, actor: "test" });
await engine.catalog.check();

const completion = (job: ClaimedAttempt) => ({
  leaseId: job.leaseId,
  jobId: job.id,
  attempt: job.attempt,
  startedAtMs: 1,
  finishedAtMs: 2,
  output: null,
  lane: job.lane,
  rank: job.rank,
});
const leaseIds = (jobs: ClaimedAttempt[]) => [...new Set(jobs.map((job) => job.leaseId))];
const vitals = { running: 0, loopLagMs: null, saturation: null };

describe("a queue with a cap", () => {
  it("is used in full and never beyond it by 8 claimers at once, over many rounds", async () => {
    const workers = await Promise.all(Array.from({ length: 8 }, () => test.worker()));
    await Promise.all(Array.from({ length: 100 }, () => test.submit({ definition: "narrow" })));
    let running = 0;
    let full = 0;
    let done = 0;
    for (let round = 0; done < 100 && round < 200; round++) {
      const got = await Promise.all(workers.map((worker) => worker.claim(3)));
      running = got.flat().length;
      const leased = await test.value(
        "select count(*)::int from signalbox.leases where queue_id is not null",
      );
      expect(leased).toBeLessThanOrEqual(5);
      expect(running).toBe(leased);
      if (running === Math.min(5, 100 - done)) full++;
      for (const [at, jobs] of got.entries())
        if (jobs.length > 0)
          await completeAttempts(engine, workers[at]?.id ?? "", jobs.map(completion), leaseIds(jobs));
      done += running;
      if (done === 100) expect(full).toBe(round + 1);
    }
    expect(done).toBe(100);
  });

  it("that is full leaves the other queues alone", async () => {
    for (let n = 0; n < 8; n++) await test.submit({ definition: "narrow" });
    for (let n = 0; n < 4; n++) await test.submit({ definition: "open" });
    const worker = await test.worker();
    const jobs = await worker.claim(50);
    expect(jobs.filter((job) => job.queue === "capped")).toHaveLength(5);
    expect(jobs.filter((job) => job.queue === "q")).toHaveLength(4);
    await completeAttempts(engine, worker.id, jobs.map(completion), leaseIds(jobs));
    const rest = await worker.claim(50);
    await completeAttempts(engine, worker.id, rest.map(completion), leaseIds(rest));
  });
});

describe("a claim that cannot be finished", () => {
  it("hands back what it took, with no attempt used and no loss counted", async () => {
    const id = await test.submit({ definition: "open" });
    const worker = await test.worker();
    const spec = vi.spyOn(engine.catalog, "specOf").mockRejectedValue(new Error("away"));
    await test.value("update signalbox.jobs set definition_version = 99 where id = $1", [id]);
    await expect(worker.claim()).rejects.toThrow("away");
    spec.mockRestore();
    expect(await test.value("select losses + failures from signalbox.ready where id = $1", [id])).toBe(0);
    const [again] = (await worker.claim()) as [ClaimedAttempt];
    expect(again).toMatchObject({ id, attempt: 1 });
    await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
  });

  it("of a capped queue gives what it took of the others", async () => {
    const id = await test.submit({ definition: "open" });
    const worker = await test.worker();
    const blocker = await engine.pool.connect();
    const connect = vi.spyOn(engine.claims, "connect").mockRejectedValue(new Error("no connection") as never);
    try {
      // Only the transaction of the capped queue asks for a connection of its own.
      const query = vi
        .spyOn(engine.claims, "query")
        .mockImplementation(((statement: object) => blocker.query(statement as never)) as never);
      const jobs = await worker.claim(5);
      query.mockRestore();
      expect(jobs.map((job) => job.id)).toEqual([id]);
      await completeAttempts(engine, worker.id, jobs.map(completion), leaseIds(jobs));
    } finally {
      connect.mockRestore();
      blocker.release();
    }
  });
});

describe("a job of a lane this process has not heard of", () => {
  it("keeps its lease until the process has, instead of being dropped with it", async () => {
    const id = await test.submit({ definition: "open" });
    const worker = await test.worker();
    const [job] = (await worker.claim()) as [ClaimedAttempt];
    await test.value("update signalbox.leases set until_ms = 0 where id = $1", [job.leaseId]);
    const { current } = engine.catalog;
    const blind = vi
      .spyOn(engine.catalog, "current", "get")
      .mockReturnValue(Object.assign(Object.create(current), { lanes: new Map() }));
    expect(await reapLeases(engine, 50)).toBe(0);
    const failed = {
      leaseId: job.leaseId,
      jobId: id,
      attempt: 1,
      workerId: worker.id,
      startedAtMs: 1,
      finishedAtMs: 2,
      outcome: "failed" as const,
      failure: { name: "E", message: "x" },
    };
    expect(await endAttempts(engine, worker.id, [failed], [job.leaseId])).toEqual(new Set());
    blind.mockRestore();
    expect(await reapLeases(engine, 50)).toBe(1);
    expect(await test.value("select count(*)::int from signalbox.ready where id = $1", [id])).toBe(1);
    const [again] = (await worker.claim()) as [ClaimedAttempt];
    await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
  });
});

describe("a lease that ran out", () => {
  it("is a loss whatever this process's clock says, and no overrun of the attempt", async () => {
    const id = await test.submit({ definition: "open" });
    const worker = await test.worker();
    const [job] = (await worker.claim()) as [ClaimedAttempt];
    await test.value("update signalbox.leases set until_ms = signalbox.now_ms() - 5 where id = $1", [
      job.leaseId,
    ]);
    const behind = vi.spyOn(engine.clock, "nowMs").mockReturnValue(engine.clock.nowMs() - 60_000);
    expect(await reapLeases(engine, 50)).toBe(1);
    behind.mockRestore();
    expect(await test.value("select outcome from signalbox.attempts where job_id = $1", [id])).toBe("lost");
    const [again] = (await worker.claim()) as [ClaimedAttempt];
    expect(again).toMatchObject({ id, failures: 0, losses: 1 });
    await completeAttempts(engine, worker.id, [completion(again)], [again.leaseId]);
  });
});

describe("a heartbeat", () => {
  it("renews every lease of its worker but those that were given up, and nobody else's", async () => {
    for (let n = 0; n < 3; n++) await test.submit({ definition: "open" });
    const [mine, other] = [await test.worker(), await test.worker()];
    const [kept, givenUp] = [...(await mine.claim(1)), ...(await mine.claim(1))] as [
      ClaimedAttempt,
      ClaimedAttempt,
    ];
    const [foreign] = (await other.claim(1)) as [ClaimedAttempt];
    await test.value("update signalbox.leases set until_ms = 1");
    const renewal = await renewLeases(engine.pool, mine.id, 15_000, vitals, null, [givenUp.leaseId]);
    expect(renewal).toMatchObject({ state: "active", leaseIds: [kept.leaseId] });
    const left = await test.value(
      "select array_agg(id order by id) from signalbox.leases where until_ms = 1",
    );
    expect(left).toEqual([givenUp.leaseId, foreign.leaseId].sort((a, b) => Number(a) - Number(b)));
    expect(await reapLeases(engine, 50)).toBe(2);
  });

  it("that stays away for three intervals ends the registration, which no later one revives", async () => {
    const [silent, live] = [await test.worker(), await test.worker()];
    await test.value(
      "update signalbox.workers set heartbeat_at = clock_timestamp() - interval '16 seconds' where id = $1",
      [silent.id],
    );
    const ended = await Promise.all([1, 2, 3].map(() => endSilentWorkers(engine.pool, 100)));
    expect(ended.flat()).toEqual([silent.id]);
    expect((await renewLeases(engine.pool, silent.id, 15_000, vitals, null)).state).toBeNull();
    expect((await renewLeases(engine.pool, live.id, 15_000, vitals, null)).state).toBe("active");
  });
});
