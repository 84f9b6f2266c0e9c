import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeJob } from "../testing/fake-transport.ts";
import { startedWorker, stopWorker } from "../testing/started-worker.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("claiming", () => {
  it("finds work within a second when no hint comes", async () => {
    const { transport, running, runtime } = await startedWorker();
    const job = fakeJob();
    transport.backlog.push(job);
    await vi.advanceTimersByTimeAsync(900);
    expect(running.size).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect([...running.keys()]).toEqual([job.id]);
    await stopWorker(runtime);
  });

  it("asks about once a second while there is nothing", async () => {
    const { transport, runtime } = await startedWorker();
    transport.claims.length = 0;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(transport.claims.length).toBeGreaterThanOrEqual(9);
    expect(transport.claims.length).toBeLessThanOrEqual(11);
    await stopWorker(runtime);
  });

  it("asks for a slot's worth at once when one is freed, and never leaves it idle until the next look", async () => {
    const { transport, running, offer, finish, runtime } = await startedWorker();
    const jobs = Array.from({ length: 30 }, () => fakeJob());
    await offer(...jobs);
    expect(running.size).toBe(9);
    await vi.advanceTimersByTimeAsync(300);
    const [first] = [...running.keys()] as [string];
    await finish(first);
    expect(transport.backlog.length).toBe(30 - 10);
    expect(running.size).toBe(10);
    await stopWorker(runtime);
  });

  it("keeps a slot for critical and high, which start in it at once", async () => {
    const { running, offer, runtime } = await startedWorker();
    await offer(...Array.from({ length: 20 }, () => fakeJob({ rank: 4 })));
    expect(running.size).toBe(9);
    const urgent = fakeJob({ rank: 0 });
    await offer(urgent);
    expect(running.has(urgent.id)).toBe(true);
    expect(running.size).toBe(10);
    await stopWorker(runtime);
  });

  it("never starts more than its concurrency, nor asks for more than it may hold", async () => {
    const { transport, running, offer, runtime } = await startedWorker({ concurrency: 3 });
    await offer(...Array.from({ length: 20 }, (_, n) => fakeJob({ rank: n % 5 })));
    expect(running.size).toBe(3);
    expect(Math.max(...transport.claims.map(({ max }) => max))).toBeLessThanOrEqual(3);
    await stopWorker(runtime);
  });

  it("goes on after claims that failed, waiting longer each time up to 5 s", async () => {
    const { transport, running, offer, runtime } = await startedWorker();
    transport.failing.claim = 6;
    transport.claims.length = 0;
    await offer(fakeJob());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(transport.claims.length).toBeLessThanOrEqual(6);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(running.size).toBe(1);
    await stopWorker(runtime);
  });
});

describe("a cancel", () => {
  it("aborts the running handler, and hands a job that has not started back", async () => {
    const { transport, running, offer, beat, runtime } = await startedWorker({ concurrency: 1 });
    const [current, waiting] = [fakeJob({ leaseId: "shared" }), fakeJob({ leaseId: "shared" })];
    // One claim brings both: the second waits in the buffer.
    vi.spyOn(transport, "claim").mockResolvedValueOnce([current, waiting]);
    await offer();
    beat({ leaseIds: ["shared"], cancel: [waiting.id, current.id] });
    expect(running.get(current.id)?.context.signal.reason).toMatchObject({ kind: "cancelled" });
    await vi.advanceTimersByTimeAsync(100);
    expect(transport.releases).toEqual([{ ids: [waiting.id], closed: [] }]);
    expect(transport.settles).toMatchObject([{ runs: [{ job: { id: current.id } }], closed: ["shared"] }]);
    await stopWorker(runtime);
  });
});

describe("a limit", () => {
  it("ends a handler that never returns as timed out and frees its slot", async () => {
    const { transport, running, offer, runtime } = await startedWorker({ concurrency: 1 });
    const [job, next] = [fakeJob({ attemptMs: 500 }), fakeJob()];
    const deaf = vi.spyOn(AbortSignal.prototype, "addEventListener").mockImplementation(() => undefined);
    await offer(job, next);
    deaf.mockRestore();
    await vi.advanceTimersByTimeAsync(900);
    expect(transport.settled).toMatchObject([{ job: { id: job.id }, result: { kind: "timed-out" } }]);
    expect(running.has(next.id)).toBe(true);
    await stopWorker(runtime);
  });
});

describe("a worker that is told to drain", () => {
  it("claims nothing more, finishes what it runs and stays registered", async () => {
    const onExpired = vi.fn();
    const { transport, running, offer, beat, finish, runtime } = await startedWorker({ onExpired });
    const job = fakeJob();
    await offer(job);
    beat({ drain: true });
    beat({ drain: true });
    await offer(fakeJob());
    await vi.advanceTimersByTimeAsync(3_000);
    expect([...running.keys()]).toEqual([job.id]);
    await finish(job.id);
    await vi.advanceTimersByTimeAsync(10);
    expect(transport.settled.map((run) => run.job.id)).toEqual([job.id]);
    expect(onExpired).not.toHaveBeenCalled();
    expect(transport.closed).toBe(false);
    await stopWorker(runtime);
  });

  it("hands back what has not started, also what a claim under way still brings", async () => {
    const { transport, running, offer, beat, runtime } = await startedWorker({ concurrency: 1 });
    const [current, buffered, late] = [fakeJob(), fakeJob(), fakeJob()];
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof fakeJob>[]>();
    vi.spyOn(transport, "claim").mockReturnValueOnce(promise);
    await offer();
    beat({ drain: true });
    resolve([current, buffered, late]);
    await vi.advanceTimersByTimeAsync(10);
    expect(running.size).toBe(0);
    expect(transport.releases.flatMap(({ ids }) => ids)).toEqual([current.id, buffered.id, late.id]);
    await stopWorker(runtime);
  });

  it("claims again at once when the order is taken back", async () => {
    const { running, offer, beat, runtime } = await startedWorker();
    beat({ drain: true });
    const job = fakeJob();
    await offer(job);
    expect(running.size).toBe(0);
    beat({ drain: false });
    await vi.advanceTimersByTimeAsync(0);
    expect([...running.keys()]).toEqual([job.id]);
    await stopWorker(runtime);
  });
});

describe("a worker whose registration ended", () => {
  it("says so once and loses everything it holds", async () => {
    const onExpired = vi.fn();
    const { running, offer, beat, runtime } = await startedWorker({ onExpired });
    const job = fakeJob();
    await offer(job);
    await vi.advanceTimersByTimeAsync(5);
    beat({ leaseIds: [], expired: true });
    beat({ leaseIds: [], expired: true });
    expect(running.get(job.id)?.context.signal.reason).toMatchObject({ kind: "lease-lost" });
    expect(onExpired).toHaveBeenCalledTimes(1);
    await stopWorker(runtime);
  });
});
