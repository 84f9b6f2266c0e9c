import { expect, it } from "vitest";
import { places, type QueueStore } from "./queue-store.ts";
import { contractLayout, gateOf, reportOf } from "./queue-store-contract.ts";

const everything = { worker: 0, max: 50, maxOther: 50 };
const numbersOf = (jobs: readonly { number: number }[]) => jobs.map(({ number }) => number);

/** What every store of the simulation guarantees. `open` gives an empty one of {@link contractLayout}. */
export function guaranteeQueueStore(open: () => Promise<QueueStore & { nowMs: number }>): void {
  it("starts urgent classes first, within one the oldest, and never more others than it was told", async () => {
    const store = await open();
    for (const rank of [4, 2, 0, 2, 1]) await store.submit([{ lane: 0, rank }]);
    expect(numbersOf(await store.claim({ worker: 0, max: 10, maxOther: 2 }))).toEqual([2, 4, 1, 3]);
    expect(numbersOf(await store.claim({ worker: 0, max: 10, maxOther: 0 }))).toEqual([]);
  });

  it("holds the jobs of an open breaker, and none but them, with their attempts untouched", async () => {
    const store = await open();
    await store.submit([
      { lane: 0, rank: 2 },
      { lane: 1, rank: 0 },
      { lane: 2, rank: 2 },
      { lane: 3, rank: 0 },
    ]);
    await store.setGate(0, gateOf({ state: "open", ratePerSecond: 0 }), 1);
    expect(numbersOf(await store.claim(everything))).toEqual([0, 2]);
    await store.setGate(0, gateOf({}), 1);
    const freed = await store.claim(everything);
    expect(freed.map(({ number, attempt }) => [number, attempt])).toEqual([
      [1, 1],
      [3, 1],
    ]);
  });

  it("lets through as many probes as were granted, whoever claims, and a rate no faster than it is", async () => {
    const store = await open();
    await store.submit(Array.from({ length: 60 }, () => ({ lane: 1, rank: 2 })));
    await store.setGate(0, gateOf({ state: "half-open", ratePerSecond: 0, permits: 2 }), 1);
    expect(await store.claim({ ...everything, worker: 1 })).toHaveLength(2);
    expect(await store.claim({ ...everything, worker: 2 })).toHaveLength(0);
    await store.setGate(0, gateOf({ state: "recovering", ratePerSecond: 20, burst: 2 }), 1);
    let started = 0;
    for (let at = 0; at < 20; at++) {
      started += (await store.claim({ ...everything, worker: at % 3 })).length;
      await store.advance(100);
    }
    expect(started).toBeGreaterThanOrEqual(36);
    expect(started).toBeLessThanOrEqual(41);
  });

  it("grants retries a second and a share of first starts, and puts off the others with their attempts kept", async () => {
    const store = await open();
    await store.submit(Array.from({ length: 50 }, () => ({ lane: 1, rank: 2 })));
    for (const job of await store.claim(everything)) await store.fail(0, job, "transient");
    await store.report(reportOf(0, store.nowMs, 25));
    await store.advance(20_000);
    // 1 a second over 30 s, and a fifth of 25.
    expect(await store.promote(1_000)).toMatchObject({ moved: 35, deferred: 15 });
    await store.advance(60_000);
    expect(await store.promote(1_000)).toMatchObject({ moved: 15, deferred: 0 });
    expect((await store.claim(everything)).every(({ attempt }) => attempt === 2)).toBe(true);
  });

  it("stretches backoffs, holds what fails behind an open breaker, and buries what is not retried", async () => {
    const store = await open();
    await store.submit([
      { lane: 1, rank: 2 },
      { lane: 1, rank: 2 },
      { lane: 1, rank: 2 },
      { lane: 1, rank: 2 },
    ]);
    const [plain, stretched, held, hopeless] = await store.claim(everything);
    if (!plain || !stretched || !held || !hopeless) throw new Error("not all were claimed");
    const usual = await store.fail(0, plain, "dependency-down");
    await store.setGate(0, gateOf({}), 4);
    const long = await store.fail(0, stretched, "dependency-down");
    expect((long.runAtMs ?? 0) - store.nowMs).toBeGreaterThan(2 * ((usual.runAtMs ?? 0) - store.nowMs));
    await store.setGate(0, gateOf({ state: "open", ratePerSecond: 0 }), 1);
    expect(await store.fail(0, held, "timeout")).toMatchObject({ place: "scheduled" });
    expect(await store.fail(0, hopeless, "permanent")).toEqual({ place: "dead", runAtMs: null });
  });

  it("hands each report out once", async () => {
    const store = await open();
    const report = reportOf(1, store.nowMs, 3);
    await store.report(report);
    expect(await store.readReports()).toEqual([report]);
    expect(await store.readReports()).toEqual([]);
  });

  it("keeps every job in exactly one place", async () => {
    const store = await open();
    await store.submit(Array.from({ length: 20 }, (_, at) => ({ lane: at % 4, rank: at % 5 })));
    const [first, second, third, ...others] = await store.claim({ ...everything, max: 12 });
    if (!first || !second || !third) throw new Error("nothing was claimed");
    await store.complete(0, first);
    await store.fail(0, second, "transient");
    await store.fail(0, third, "bug");
    await store.release(0, others.slice(0, 3));
    const lists = await store.list();
    expect(places.map((place) => lists[place].length)).toEqual([11, 1, 6, 1, 1]);
    const all = places.flatMap((place) => lists[place]).sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });
}
