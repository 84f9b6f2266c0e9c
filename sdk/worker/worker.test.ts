import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { silentLog } from "#server/system/log.ts";
import { defineJob } from "../define-job.ts";
import type { JobContext } from "../job-context.ts";
import { FakeTransport, fakeJob } from "../testing/fake-transport.ts";
import { type HeartbeatReport, monotonicEpochMs } from "../transports/transport.ts";
import type { AnyJob } from "./run-attempt.ts";
import { WorkerRuntime } from "./worker.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Running {
  context: JobContext;
  finish(): void;
}

async function started(options: { concurrency?: number; drainMs?: number; onDrained?: () => void } = {}) {
  const { concurrency = 10, drainMs = 1_000, onDrained } = options;
  const transport = new FakeTransport();
  const running = new Map<string, Running>();
  const handler = (_input: unknown, context: JobContext) =>
    new Promise<void>((resolve, reject) => {
      running.set(context.jobId, { context, finish: resolve });
      context.signal.addEventListener("abort", () => reject(context.signal.reason));
    });
  const job = defineJob({ name: "work", queue: "q", input: z.unknown(), handler }) as AnyJob;
  const runtime = new WorkerRuntime({
    jobFor: () => job,
    transport,
    registration: {
      pool: "default",
      definitions: ["work"],
      concurrency,
      host: "here",
      version: null,
      heartbeatMs: 5_000,
      leaseMs: 15_000,
    },
    drainMs,
    log: silentLog,
    onDrained,
  });
  const offer = async (...jobs: ReturnType<typeof fakeJob>[]) => {
    transport.backlog.push(...jobs);
    transport.wake();
    await vi.advanceTimersByTimeAsync(0);
  };
  const beat = (more: Partial<HeartbeatReport> = {}) =>
    transport.hear({
      leaseIds: [...running.keys()].map((id) => `lease-${id}`),
      cancel: [],
      drain: false,
      expired: false,
      requestedAtMs: monotonicEpochMs(),
      ...more,
    });
  const finish = async (id: string) => {
    running.get(id)?.finish();
    await vi.advanceTimersByTimeAsync(0);
  };
  await runtime.start();
  await vi.advanceTimersByTimeAsync(0);
  return { transport, runtime, running, offer, beat, finish };
}

/** Stop under fake timers. */
const stop = (runtime: WorkerRuntime) => Promise.all([runtime.stop(), vi.advanceTimersByTimeAsync(20_000)]);

describe("claiming", () => {
  it("finds work within a second when no hint comes", async () => {
    const { transport, running, runtime } = await started();
    const job = fakeJob();
    transport.backlog.push(job);
    await vi.advanceTimersByTimeAsync(900);
    expect(running.size).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect([...running.keys()]).toEqual([job.id]);
    await stop(runtime);
  });

  it("asks about once a second while there is nothing", async () => {
    const { transport, runtime } = await started();
    transport.claims.length = 0;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(transport.claims.length).toBeGreaterThanOrEqual(9);
    expect(transport.claims.length).toBeLessThanOrEqual(11);
    await stop(runtime);
  });

  it("asks for a slot's worth at once when one is freed, and never leaves it idle until the next look", async () => {
    const { transport, running, offer, finish, runtime } = await started();
    const jobs = Array.from({ length: 30 }, () => fakeJob());
    await offer(...jobs);
    expect(running.size).toBe(9);
    await vi.advanceTimersByTimeAsync(300);
    const [first] = [...running.keys()] as [string];
    await finish(first);
    expect(transport.backlog.length).toBe(30 - 10);
    expect(running.size).toBe(10);
    await stop(runtime);
  });

  it("keeps a slot for critical and high, which start in it at once", async () => {
    const { running, offer, runtime } = await started();
    await offer(...Array.from({ length: 20 }, () => fakeJob({ rank: 4 })));
    expect(running.size).toBe(9);
    const urgent = fakeJob({ rank: 0 });
    await offer(urgent);
    expect(running.has(urgent.id)).toBe(true);
    expect(running.size).toBe(10);
    await stop(runtime);
  });

  it("never starts more than its concurrency, nor asks for more than it may hold", async () => {
    const { transport, running, offer, runtime } = await started({ concurrency: 3 });
    await offer(...Array.from({ length: 20 }, (_, n) => fakeJob({ rank: n % 5 })));
    expect(running.size).toBe(3);
    expect(Math.max(...transport.claims.map(({ max }) => max))).toBeLessThanOrEqual(3);
    await stop(runtime);
  });

  it("goes on after claims that failed, waiting longer each time up to 5 s", async () => {
    const { transport, running, offer, runtime } = await started();
    transport.failing.claim = 6;
    transport.claims.length = 0;
    await offer(fakeJob());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(transport.claims.length).toBeLessThanOrEqual(6);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(running.size).toBe(1);
    await stop(runtime);
  });
});

describe("a lease", () => {
  it("that cannot be renewed is given up before it can end: the handlers are told, nothing of it is settled, nobody renews it", async () => {
    const { transport, running, offer, runtime } = await started();
    const job = fakeJob();
    await offer(job);
    const { context } = running.get(job.id) as Running;
    await vi.advanceTimersByTimeAsync(13_300);
    expect(context.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(context.signal.reason).toMatchObject({ kind: "lease-lost" });
    expect(runtime.runningCount).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(transport.settled).toEqual([]);
    expect(transport.letGone).toContain(job.leaseId);
    await stop(runtime);
  });

  it("that heartbeats renew is trusted on", async () => {
    const { running, offer, beat, runtime } = await started();
    const job = fakeJob({ attemptMs: 3_600_000 });
    await offer(job);
    for (let second = 0; second < 60; second += 5) {
      await vi.advanceTimersByTimeAsync(5_000);
      beat();
    }
    expect(running.get(job.id)?.context.signal.aborted).toBe(false);
    await stop(runtime);
  });

  it("that a heartbeat finds gone is given up at once", async () => {
    const { transport, running, offer, beat, runtime } = await started();
    const job = fakeJob();
    await offer(job);
    await vi.advanceTimersByTimeAsync(5);
    beat({ leaseIds: [] });
    expect(running.get(job.id)?.context.signal.reason).toMatchObject({ kind: "lease-lost" });
    expect(transport.settled).toEqual([]);
    await stop(runtime);
  });

  it("of a claim whose answer was lost is let go, not renewed for ever", async () => {
    const { transport, beat, runtime } = await started();
    transport.failing.claim = 1;
    transport.wake();
    await vi.advanceTimersByTimeAsync(0);
    beat({ leaseIds: ["lease-of-nobody"] });
    expect(transport.letGone).toEqual(["lease-of-nobody"]);
    await stop(runtime);
  });

  it("of a claim whose answer is on its way is kept", async () => {
    const { transport, running, offer, beat, runtime } = await started();
    const gate = Promise.withResolvers<void>();
    transport.gates.claim = gate.promise;
    const job = fakeJob();
    await offer(job);
    await vi.advanceTimersByTimeAsync(5_000);
    beat({ leaseIds: [job.leaseId] });
    beat({ leaseIds: [job.leaseId] });
    gate.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(running.has(job.id)).toBe(true);
    expect(transport.letGone).toEqual([]);
    await stop(runtime);
  });
});

describe("a cancel", () => {
  it("aborts the running handler, and hands a job that has not started back", async () => {
    const { transport, running, offer, beat, runtime } = await started({ concurrency: 1 });
    const [current, waiting] = [fakeJob({ leaseId: "shared" }), fakeJob({ leaseId: "shared" })];
    // One claim brings both: the second waits in the buffer.
    vi.spyOn(transport, "claim").mockResolvedValueOnce([current, waiting]);
    await offer();
    beat({ leaseIds: ["shared"], cancel: [waiting.id, current.id] });
    expect(running.get(current.id)?.context.signal.reason).toMatchObject({ kind: "cancelled" });
    await vi.advanceTimersByTimeAsync(100);
    expect(transport.releases).toEqual([{ ids: [waiting.id], closed: [] }]);
    expect(transport.settles).toMatchObject([{ runs: [{ job: { id: current.id } }], closed: ["shared"] }]);
    await stop(runtime);
  });
});

describe("a limit", () => {
  it("ends a handler that never returns as timed out and frees its slot", async () => {
    const { transport, running, offer, runtime } = await started({ concurrency: 1 });
    const [job, next] = [fakeJob({ attemptMs: 500 }), fakeJob()];
    const deaf = vi.spyOn(AbortSignal.prototype, "addEventListener").mockImplementation(() => undefined);
    await offer(job, next);
    deaf.mockRestore();
    await vi.advanceTimersByTimeAsync(900);
    expect(transport.settled).toMatchObject([{ job: { id: job.id }, result: { kind: "timed-out" } }]);
    expect(running.has(next.id)).toBe(true);
    await stop(runtime);
  });
});

describe("stopping", () => {
  it("hands back what never started, aborts what runs over the drain limit as released, and settles it all", async () => {
    const { transport, running, offer, runtime } = await started({ drainMs: 300 });
    const [quick, slow] = [fakeJob(), fakeJob()];
    await offer(quick, slow);
    const stopped = runtime.stop();
    await vi.advanceTimersByTimeAsync(100);
    running.get(quick.id)?.finish();
    await vi.advanceTimersByTimeAsync(5_000);
    await stopped;
    const kinds = new Map(transport.settled.map((run) => [run.job.id, run.result.kind]));
    expect(kinds).toEqual(
      new Map([
        [quick.id, "completed"],
        [slow.id, "released"],
      ]),
    );
    expect(transport.settles.flatMap((each) => each.closed).sort()).toEqual(
      [quick.leaseId, slow.leaseId].sort(),
    );
    expect(transport.closed).toBe(true);
  });

  it("hands back what a claim under way still brings, with no attempt used", async () => {
    const { transport, running, offer, runtime } = await started();
    const gate = Promise.withResolvers<void>();
    transport.gates.claim = gate.promise;
    const job = fakeJob();
    await offer(job);
    const stopped = runtime.stop();
    await vi.advanceTimersByTimeAsync(50);
    gate.resolve();
    await vi.advanceTimersByTimeAsync(5_000);
    await stopped;
    expect(running.size).toBe(0);
    expect(transport.releases).toEqual([{ ids: [job.id], closed: [job.leaseId] }]);
  });

  it("keeps trying to hand back while the connection is lost, so that no lease is dropped with an unsettled job", async () => {
    const { transport, running, offer, runtime } = await started({ concurrency: 1, drainMs: 100 });
    const gate = Promise.withResolvers<void>();
    const [current, waiting] = [fakeJob({ leaseId: "shared" }), fakeJob({ leaseId: "shared" })];
    // One claim brings both, the second one stays in the buffer.
    vi.spyOn(transport, "claim").mockResolvedValueOnce([current, waiting]);
    transport.failing.release = 3;
    transport.gates.settle = gate.promise;
    await offer();
    expect([...running.keys()]).toEqual([current.id]);
    const stopped = stop(runtime);
    gate.resolve();
    await stopped;
    expect(transport.releases.map(({ ids }) => ids)).toEqual([[waiting.id]]);
    const dropped = [...transport.releases, ...transport.settles].flatMap((each) => each.closed);
    expect(dropped).toEqual(["shared"]);
  });

  it("ends although the database is gone: what cannot be settled is left to lapse", async () => {
    const { transport, offer, runtime } = await started({ drainMs: 100 });
    await offer(fakeJob());
    transport.failing.settle = Number.POSITIVE_INFINITY;
    transport.failing.release = Number.POSITIVE_INFINITY;
    await stop(runtime);
    expect(transport.closed).toBe(true);
    expect(runtime.runningCount).toBe(0);
  });

  it("leaves no timer behind", async () => {
    const { offer, runtime } = await started({ drainMs: 100 });
    await offer(fakeJob(), fakeJob());
    await stop(runtime);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a worker that is told to drain, or whose registration ended", () => {
  it("says so once, claims nothing more and finishes what it runs", async () => {
    const onDrained = vi.fn();
    const { transport, running, offer, beat, finish, runtime } = await started({ onDrained });
    const job = fakeJob();
    await offer(job);
    beat({ drain: true });
    beat({ drain: true });
    expect(onDrained).toHaveBeenCalledTimes(1);
    await offer(fakeJob());
    await vi.advanceTimersByTimeAsync(3_000);
    expect(running.size).toBe(1);
    await finish(job.id);
    await vi.advanceTimersByTimeAsync(10);
    expect(transport.settled.map((run) => run.job.id)).toEqual([job.id]);
    await stop(runtime);
  });

  it("loses everything it holds when the registration ended", async () => {
    const onDrained = vi.fn();
    const { running, offer, beat, runtime } = await started({ onDrained });
    const job = fakeJob();
    await offer(job);
    await vi.advanceTimersByTimeAsync(5);
    beat({ leaseIds: [], expired: true });
    expect(running.get(job.id)?.context.signal.reason).toMatchObject({ kind: "lease-lost" });
    expect(onDrained).toHaveBeenCalledTimes(1);
    await stop(runtime);
  });
});
