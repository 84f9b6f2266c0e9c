import { performance } from "node:perf_hooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeJob } from "../testing/fake-transport.ts";
import { startedWorker, stopWorker } from "../testing/started-worker.ts";
import type { TransportJob } from "../transports/transport.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const calling = (...dependencies: string[]) => fakeJob({ dependencies });
const many = (count: number, make: () => TransportJob) => Array.from({ length: count }, make);

/** A worker of 40 slots whose calls to `pay` have taken 30 ms so far. */
async function warmWorker() {
  const worker = await startedWorker({ concurrency: 40 });
  worker.transport.reservedShare = 0;
  for (let n = 0; n < 12; n++) {
    const job = calling("pay");
    await worker.offer(job);
    await vi.advanceTimersByTimeAsync(30);
    await worker.finish(job.id);
  }
  await vi.advanceTimersByTimeAsync(10);
  return worker;
}

describe("a dependency that hangs", () => {
  it("holds its bulkhead and no more, and jobs behind its own start at once", async () => {
    const { running, offer, runtime } = await warmWorker();
    const others = many(20, () => fakeJob());
    running.clear();
    await offer(...many(50, () => calling("pay")), ...others);
    expect(running.size).toBe(10 + others.length);
    expect(others.every(({ id }) => running.has(id))).toBe(true);
    await stopWorker(runtime);
  });

  it("has its waiting jobs handed back after 100 ms, with no attempt used, and no more of them fetched", async () => {
    const { transport, running, offer, runtime } = await warmWorker();
    running.clear();
    const jobs = many(15, () => calling("pay"));
    await offer(...jobs);
    expect(running.size).toBe(10);
    await vi.advanceTimersByTimeAsync(90);
    expect(transport.released).toEqual([]);
    await vi.advanceTimersByTimeAsync(120);
    const waiting = jobs.filter(({ id }) => !running.has(id));
    expect(transport.released.map(({ id }) => id)).toEqual(waiting.map(({ id }) => id));
    expect(transport.settled.filter((run) => waiting.some(({ id }) => id === run.job.id))).toEqual([]);
    await offer(...waiting);
    expect(transport.claims.at(-1)?.except).toEqual(["pay"]);
    expect(transport.backlog).toEqual(waiting);
    await stopWorker(runtime);
  });

  it("is told of once for each call, while the calls still run", async () => {
    const { transport, offer, runtime } = await warmWorker();
    const jobs = many(3, () => calling("pay"));
    await offer(...jobs);
    await vi.advanceTimersByTimeAsync(200);
    expect(transport.overdueCalls).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(transport.overdueCalls).toEqual(jobs.map(({ id }) => `${id} pay`));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(transport.overdueCalls.length).toBe(3);
    await stopWorker(runtime);
  });

  it("gets no further call until it answers, but for one now and then", async () => {
    const { running, offer, finish, runtime } = await warmWorker();
    running.clear();
    const hanging = calling("pay");
    await offer(hanging);
    await vi.advanceTimersByTimeAsync(400);
    const jobs = many(5, () => calling("pay"));
    await offer(...jobs);
    expect(running.size).toBe(1);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(running.size).toBe(2);
    await finish(hanging.id);
    const answered = many(5, () => calling("pay"));
    await offer(...answered);
    expect(answered.every(({ id }) => running.has(id))).toBe(true);
    await stopWorker(runtime);
  });

  it("is slow from what the gate says on, also for a worker that has not called it yet", async () => {
    const { transport, running, offer, runtime } = await startedWorker({ concurrency: 40 });
    transport.slowMs.set("pay", 1_000);
    await offer(calling("pay"));
    await vi.advanceTimersByTimeAsync(900);
    expect(transport.overdueCalls).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(transport.overdueCalls.length).toBe(1);
    await offer(calling("pay"));
    expect(running.size).toBe(1);
    await stopWorker(runtime);
  });
});

describe("jobs that call several dependencies", () => {
  it("count in the bulkhead of each, and wait for the one that has no room", async () => {
    const { running, offer, runtime } = await warmWorker();
    running.clear();
    await offer(...many(10, () => calling("pay", "mail")));
    expect(running.size).toBe(10);
    await offer(calling("mail"), calling("pay"), calling("store", "pay"), calling("store"));
    expect(running.size).toBe(11);
    await stopWorker(runtime);
  });
});

describe("a backlog behind a bulkhead", () => {
  it("is drained as fast as calls are answered, none waiting for the next look", async () => {
    const { transport, running, offer, runtime } = await warmWorker();
    running.clear();
    await offer(...many(200, () => calling("pay")));
    let done = 0;
    for (let elapsedMs = 0; elapsedMs < 900; elapsedMs += 30) {
      const batch = [...running.values()];
      running.clear();
      for (const each of batch) each.finish();
      done += batch.length;
      await vi.advanceTimersByTimeAsync(30);
    }
    // What was handed back is another worker's to run.
    expect(done + transport.released.length).toBe(200);
    expect(transport.released.length).toBeLessThanOrEqual(20);
    expect(transport.backlog).toEqual([]);
    await stopWorker(runtime);
  });
});

describe("a gate that is shut", () => {
  it("has the jobs that have not started handed back at once", async () => {
    const { transport, running, offer, runtime } = await warmWorker();
    running.clear();
    const jobs = many(15, () => calling("pay"));
    await offer(...jobs);
    expect(running.size).toBe(10);
    transport.shut.add("pay");
    transport.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(transport.released.length).toBe(5);
    expect(running.size).toBe(10);
    await stopWorker(runtime);
  });

  it("makes its dependency trusted again when it opens, however long that was silent", async () => {
    const { transport, running, offer, runtime } = await warmWorker();
    running.clear();
    await offer(calling("pay"));
    await vi.advanceTimersByTimeAsync(400);
    transport.shut.add("pay");
    transport.wake();
    transport.shut.delete("pay");
    await offer(calling("pay"), calling("pay"));
    expect(running.size).toBe(3);
    await stopWorker(runtime);
  });
});

describe("a worker that cannot keep up", () => {
  it("takes no more than half its slots after three seconds of a late event loop, says why, and puts it on the feed", async () => {
    const { transport, running, offer, runtime } = await startedWorker({ concurrency: 20 });
    transport.reservedShare = 0;
    // Timers that fire 900 ms late: time goes by without them.
    const now = globalThis.performance.now.bind(globalThis.performance);
    let lateMs = 0;
    const clock = vi.spyOn(globalThis.performance, "now").mockImplementation(() => now() + lateMs);
    for (let second = 0; second < 4; second++) {
      lateMs += 900;
      await vi.advanceTimersByTimeAsync(100);
    }
    await offer(...many(40, () => fakeJob()));
    expect(running.size).toBe(10);
    expect(transport.vitals()).toMatchObject({
      limit: { slots: 10, because: expect.stringContaining("its event loop was") },
    });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(transport.adapted).toMatchObject([{ before: 20, limit: 10 }]);
    clock.mockRestore();
    await stopWorker(runtime);
  });
});

describe("an adaptive worker", () => {
  it("runs a quarter of its slots at first, and tells how many and why with its vitals", async () => {
    const { transport, running, offer, runtime } = await startedWorker({
      concurrency: 40,
      minConcurrency: 2,
    });
    transport.reservedShare = 0;
    await offer(...many(60, () => fakeJob()));
    expect(running.size).toBe(10);
    expect(transport.vitals()).toMatchObject({
      running: 10,
      saturation: 1,
      limit: { slots: 10, because: "it starts with a quarter of its slots" },
    });
    await stopWorker(runtime);
  });

  it("grows while jobs are quick, and puts that on the feed once it has stayed", async () => {
    const idle = { idle: 900, active: 100, utilization: 0.1 };
    const loop = vi.spyOn(performance, "eventLoopUtilization").mockReturnValue(idle);
    const { transport, running, offer, runtime } = await startedWorker({
      concurrency: 16,
      minConcurrency: 2,
    });
    transport.reservedShare = 0;
    const seen: number[] = [];
    for (let elapsedMs = 0; elapsedMs < 12_000; elapsedMs += 100) {
      if (transport.backlog.length < 40) await offer(...many(40, () => fakeJob()));
      const batch = [...running.values()];
      running.clear();
      seen.push(batch.length);
      await vi.advanceTimersByTimeAsync(100);
      for (const each of batch) each.finish();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(transport.vitals().limit?.slots).toBe(16);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(transport.adapted).toMatchObject([{ before: 4, limit: 16 }]);
    expect(Math.max(...seen)).toBe(16);
    await stopWorker(runtime);
    loop.mockRestore();
  });

  it("tells nothing when it does not adapt", async () => {
    const { transport, runtime } = await startedWorker();
    expect(transport.vitals().limit).toBeNull();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(transport.adapted).toEqual([]);
    await stopWorker(runtime);
  });
});
