import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "#server/system/log.ts";
import { FakeTransport, fakeJob } from "../testing/fake-transport.ts";
import { type FinishedRun, monotonicEpochMs, type TransportJob } from "../transports/transport.ts";
import { LeaseBook } from "./lease-book.ts";
import { SettleQueue } from "./settle-queue.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const finished = (job: TransportJob): FinishedRun => ({
  job,
  startedAtMs: 0,
  finishedAtMs: 1,
  result: { kind: "completed", output: null },
});

function queueOn(jobs: TransportJob[]) {
  const transport = new FakeTransport();
  const leases = new LeaseBook();
  const lost: number[] = [];
  const settled: string[] = [];
  leases.claimed(jobs, monotonicEpochMs(), monotonicEpochMs(), 15_000);
  const queue = new SettleQueue(transport, leases, silentLog, {
    onSettled: (runs, count) => {
      settled.push(...runs.map((run) => run.job.id));
      lost.push(count);
    },
  });
  return { transport, leases, queue, lost, settled };
}

describe("settling", () => {
  it("sends what finishes together in one batch, and drops each lease with the last of its jobs", async () => {
    const jobs = [fakeJob({ leaseId: "a" }), fakeJob({ leaseId: "a" }), fakeJob({ leaseId: "b" })];
    const { transport, queue } = queueOn([...jobs, fakeJob({ leaseId: "b" })]);
    for (const job of jobs) queue.add(finished(job));
    await vi.advanceTimersByTimeAsync(10);
    expect(transport.settles).toHaveLength(1);
    expect(transport.settles[0]?.closed).toEqual(["a"]);
    expect(queue.size).toBe(0);
  });

  it("tries again after a lost connection until the answer comes, and counts no run twice", async () => {
    const job = fakeJob();
    const { transport, queue, settled } = queueOn([job]);
    transport.failing.settle = 4;
    queue.add(finished(job));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(settled).toEqual([job.id]);
    expect(transport.settles).toHaveLength(1);
    expect(transport.settles[0]?.closed).toEqual([job.leaseId]);
  });

  it("gives up when the lease is given up meanwhile, and counts the runs as lost", async () => {
    const job = fakeJob();
    const { transport, leases, queue, settled, lost } = queueOn([job]);
    transport.failing.settle = 1_000;
    queue.add(finished(job));
    await vi.advanceTimersByTimeAsync(1_000);
    leases.forget(job.leaseId);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(settled).toEqual([job.id]);
    expect(lost).toEqual([1]);
    expect(queue.size).toBe(0);
  });

  it("after a lost connection never drops a lease that was given up: other jobs stand under it", async () => {
    const [mine, other, kept] = [
      fakeJob({ leaseId: "a" }),
      fakeJob({ leaseId: "a" }),
      fakeJob({ leaseId: "b" }),
    ];
    const { transport, leases, queue, lost } = queueOn([mine, other, kept]);
    transport.failing.settle = 1;
    queue.add(finished(mine));
    queue.add(finished(kept));
    await vi.advanceTimersByTimeAsync(10);
    leases.forget("a");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(
      transport.settles.map(({ runs, closed }) => ({ ids: runs.map((run) => run.job.id), closed })),
    ).toEqual([{ ids: [kept.id], closed: ["b"] }]);
    expect(lost).toEqual([1]);
  });

  it("tells how many results were refused", async () => {
    const jobs = [fakeJob(), fakeJob(), fakeJob()];
    const { transport, queue, lost } = queueOn(jobs);
    transport.refused = new Set([jobs[1]?.id as string]);
    for (const job of jobs) queue.add(finished(job));
    await vi.advanceTimersByTimeAsync(10);
    expect(lost).toEqual([1]);
  });

  it("of two settles of one lease under way at once drops it with neither, but right after", async () => {
    const jobs = [fakeJob({ leaseId: "a" }), fakeJob({ leaseId: "a" })];
    const { transport, queue } = queueOn(jobs);
    const gate = Promise.withResolvers<void>();
    transport.gates.settle = gate.promise;
    for (const job of jobs) {
      queue.add(finished(job));
      await vi.advanceTimersByTimeAsync(10);
    }
    gate.resolve();
    await vi.advanceTimersByTimeAsync(10);
    expect(transport.settles.map((each) => each.closed)).toEqual([[], [], ["a"]]);
  });

  it("of an empty lease alone waits longer and longer while the connection is lost, and then drops it", async () => {
    const { transport, queue } = queueOn([]);
    const calls = vi.spyOn(transport, "settle");
    transport.failing.settle = 6;
    queue.dropEmpty(["left"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls.mock.calls.length).toBeLessThan(7);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(transport.settles.map((each) => each.closed)).toEqual([["left"]]);
  });

  it("is drained when all is settled, and does not wait for empty leases that cannot be dropped", async () => {
    const job = fakeJob();
    const { transport, queue, settled } = queueOn([job]);
    queue.add(finished(job));
    await Promise.all([queue.drained(), vi.advanceTimersByTimeAsync(10)]);
    expect(settled).toEqual([job.id]);
    transport.failing.settle = Number.POSITIVE_INFINITY;
    queue.dropEmpty(["left"]);
    await Promise.all([queue.drained(), vi.advanceTimersByTimeAsync(10_000)]);
    expect(queue.size).toBe(0);
  });

  it("forgets the waiting runs of a lost lease", async () => {
    const jobs = [fakeJob(), fakeJob()];
    const { transport, queue } = queueOn(jobs);
    for (const job of jobs) queue.add(finished(job));
    queue.drop(new Set([jobs[0]?.leaseId as string]));
    await vi.advanceTimersByTimeAsync(10);
    expect(transport.settled.map((run) => run.job.id)).toEqual([jobs[1]?.id]);
  });
});
