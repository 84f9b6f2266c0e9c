import { afterEach, describe, expect, it, vi } from "vitest";
import { patchQueue } from "../queues/patch-queue.ts";
import { attemptKit } from "../testing/attempt-kit.ts";
import { testEngine } from "../testing/test-engine.ts";
import type { ClaimedAttempt } from "./claim-attempts.ts";
import { completeAttempts } from "./complete-attempts.ts";
import { releaseAttempts } from "./release-attempts.ts";

const test = await testEngine();
const { engine } = test;
const kit = attemptKit(test);
const limit = async (name: string, body: object) => {
  await patchQueue(engine, { name, body, actor: "test" });
};
const submitMany = (definition: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => test.submit({ definition })));
const complete = (workerId: string, jobs: ClaimedAttempt[]) =>
  completeAttempts(
    engine,
    workerId,
    jobs.map(kit.completion),
    jobs.map((job) => job.leaseId),
  );
const databaseNow = async () => Number(await test.value("select signalbox.now_ms()"));

afterEach(async () => {
  for (const name of engine.catalog.current.queues.keys())
    await limit(name, { rateLimit: null, maxRunning: null });
  await test.value("truncate signalbox.ready, signalbox.leases");
});

describe("a queue with a rate limit", () => {
  it("starts no more than its bucket gives in any window, by 8 claimers that race, and reaches its rate", async () => {
    const rate = { count: 6, perMs: 300 };
    await test.define("paced", { queue: "paced" });
    await limit("paced", { rateLimit: rate });
    await submitMany("paced", 60);
    const startMs = await databaseNow();
    const starts: number[] = [];
    const race = async () => {
      const worker = await test.worker();
      while (starts.length < 30) {
        const jobs = await worker.claim(4);
        starts.push(...jobs.map((job) => job.claimedAtMs));
        if (jobs.length > 0) await complete(worker.id, jobs);
      }
    };
    await Promise.all(Array.from({ length: 8 }, race));
    starts.sort((a, b) => a - b);
    for (const [index, fromMs] of starts.entries())
      for (let end = index + rate.count; end < starts.length; end++) {
        // The tokens were taken before the start was stamped: by one statement, which a busy machine may draw out.
        const elapsedMs = (starts[end] ?? 0) - fromMs + 100;
        expect(end - index + 1).toBeLessThanOrEqual(rate.count + (elapsedMs / rate.perMs) * rate.count);
      }
    const tookMs = (starts[29] ?? 0) - startMs;
    const dueMs = ((30 - rate.count) / rate.count) * rate.perMs;
    expect(tookMs).toBeGreaterThanOrEqual(dueMs - 20);
    expect(tookMs).toBeLessThan(dueMs + 3_000);
  });

  it("leaves the other queues alone while it has no token, and says when the next comes", async () => {
    await test.define("slow", { queue: "slow" });
    await test.define("free", { queue: "free" });
    await limit("slow", { rateLimit: { count: 2, perMs: 3_600_000 } });
    await submitMany("slow", 5);
    await submitMany("free", 5);
    const worker = await test.worker();
    const jobs = await worker.claim(50);
    expect(jobs.filter((job) => job.queue === "slow")).toHaveLength(2);
    expect(jobs.filter((job) => job.queue === "free")).toHaveLength(5);
    expect(await worker.claim(50)).toEqual([]);
    expect(worker.tokensInMs()).toBeGreaterThan(1_000_000);
    // Once known to be empty it is not asked again: the one statement is that of the other queues.
    const connect = vi.spyOn(engine.claims, "connect");
    expect(await worker.claim(50)).toEqual([]);
    expect(connect).toHaveBeenCalledTimes(1);
    connect.mockRestore();
    await complete(worker.id, jobs);
  });

  it("does not get a token back for a job that was handed back: it keeps its rate, not its sum", async () => {
    await test.define("handed", { queue: "handed" });
    await limit("handed", { rateLimit: { count: 1, perMs: 3_600_000 } });
    await submitMany("handed", 1);
    const worker = await test.worker();
    const jobs = await worker.claim(5);
    expect(jobs).toHaveLength(1);
    await releaseAttempts(
      engine,
      worker.id,
      jobs,
      jobs.map((job) => job.leaseId),
    );
    expect(await (await test.worker()).claim(5)).toEqual([]);
  });

  it("acts on the next claim when the limit is raised or cleared, and an edit gives no token away", async () => {
    await test.define("edited", { queue: "edited" });
    await limit("edited", { rateLimit: { count: 3, perMs: 3_600_000 } });
    await submitMany("edited", 20);
    const worker = await test.worker();
    expect(await worker.claim(50)).toHaveLength(3);
    await limit("edited", { rateLimit: { count: 10, perMs: 3_600_000 } });
    expect(await worker.claim(50)).toHaveLength(0);
    await limit("edited", { rateLimit: null });
    expect(await worker.claim(50)).toHaveLength(17);
  });

  it("may have a cap too: whichever allows less holds", async () => {
    await test.define("both", { queue: "both" });
    await limit("both", { rateLimit: { count: 5, perMs: 3_600_000 }, maxRunning: 3 });
    await submitMany("both", 20);
    const worker = await test.worker();
    const first = await worker.claim(50);
    expect(first).toHaveLength(3);
    await complete(worker.id, first);
    expect(await worker.claim(50)).toHaveLength(2);
  });
});

describe("a limited queue", () => {
  it("gets its turn while a backlog of the others fills every claim", async () => {
    await test.define("flood", { queue: "flood" });
    await test.define("narrow", { queue: "narrow" });
    await limit("narrow", { maxRunning: 2 });
    await submitMany("flood", 300);
    await submitMany("narrow", 1);
    const worker = await test.worker();
    const seen: string[] = [];
    const untilMs = performance.now() + 5_000;
    while (!seen.includes("narrow") && performance.now() < untilMs) {
      const jobs = await worker.claim(2);
      seen.push(...jobs.map((job) => job.queue));
      await complete(worker.id, jobs);
    }
    expect(seen).toContain("narrow");
    expect(seen.length).toBeLessThan(300);
  });
});
