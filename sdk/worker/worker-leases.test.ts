import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeJob } from "../testing/fake-transport.ts";
import { type RunningHandler, startedWorker, stopWorker } from "../testing/started-worker.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a lease", () => {
  it("that cannot be renewed is given up before it can end: the handlers are told, nothing of it is settled, nobody renews it", async () => {
    const { transport, running, offer, runtime } = await startedWorker();
    const job = fakeJob();
    await offer(job);
    const { context } = running.get(job.id) as RunningHandler;
    await vi.advanceTimersByTimeAsync(13_300);
    expect(context.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(context.signal.reason).toMatchObject({ kind: "lease-lost" });
    expect(runtime.runningCount).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(transport.settled).toEqual([]);
    expect(transport.letGone).toContain(job.leaseId);
    await stopWorker(runtime);
  });

  it("that heartbeats renew is trusted on", async () => {
    const { running, offer, beat, runtime } = await startedWorker();
    const job = fakeJob({ attemptMs: 3_600_000 });
    await offer(job);
    for (let second = 0; second < 60; second += 5) {
      await vi.advanceTimersByTimeAsync(5_000);
      beat();
    }
    expect(running.get(job.id)?.context.signal.aborted).toBe(false);
    await stopWorker(runtime);
  });

  it("that a heartbeat finds gone is given up at once", async () => {
    const { transport, running, offer, beat, runtime } = await startedWorker();
    const job = fakeJob();
    await offer(job);
    await vi.advanceTimersByTimeAsync(5);
    beat({ leaseIds: [] });
    expect(running.get(job.id)?.context.signal.reason).toMatchObject({ kind: "lease-lost" });
    expect(transport.settled).toEqual([]);
    await stopWorker(runtime);
  });

  it("of a claim whose answer was lost is let go, not renewed for ever", async () => {
    const { transport, beat, runtime } = await startedWorker();
    transport.failing.claim = 1;
    transport.wake();
    await vi.advanceTimersByTimeAsync(0);
    beat({ leaseIds: ["lease-of-nobody"] });
    expect(transport.letGone).toEqual(["lease-of-nobody"]);
    await stopWorker(runtime);
  });

  it("of a claim whose answer is on its way is kept", async () => {
    const { transport, running, offer, beat, runtime } = await startedWorker();
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
    await stopWorker(runtime);
  });
});

describe("stopping", () => {
  it("hands back what never started, aborts what runs over the drain limit as released, and settles it all", async () => {
    const { transport, running, offer, runtime } = await startedWorker({ drainMs: 300 });
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
    const { transport, running, offer, runtime } = await startedWorker();
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
    const { transport, running, offer, runtime } = await startedWorker({ concurrency: 1, drainMs: 100 });
    const gate = Promise.withResolvers<void>();
    const [current, waiting] = [fakeJob({ leaseId: "shared" }), fakeJob({ leaseId: "shared" })];
    // One claim brings both, the second one stays in the buffer.
    vi.spyOn(transport, "claim").mockResolvedValueOnce([current, waiting]);
    transport.failing.release = 3;
    transport.gates.settle = gate.promise;
    await offer();
    expect([...running.keys()]).toEqual([current.id]);
    const stopped = stopWorker(runtime);
    gate.resolve();
    await stopped;
    expect(transport.releases.map(({ ids }) => ids)).toEqual([[waiting.id]]);
    const dropped = [...transport.releases, ...transport.settles].flatMap((each) => each.closed);
    expect(dropped).toEqual(["shared"]);
  });

  it("ends although the database is gone: what cannot be settled is left to lapse", async () => {
    const { transport, offer, runtime } = await startedWorker({ drainMs: 100 });
    await offer(fakeJob());
    transport.failing.settle = Number.POSITIVE_INFINITY;
    transport.failing.release = Number.POSITIVE_INFINITY;
    await stopWorker(runtime);
    expect(transport.closed).toBe(true);
    expect(runtime.runningCount).toBe(0);
  });

  it("leaves no timer behind", async () => {
    const { offer, runtime } = await startedWorker({ drainMs: 100 });
    await offer(fakeJob(), fakeJob());
    await stopWorker(runtime);
    expect(vi.getTimerCount()).toBe(0);
  });
});
