import { describe, expect, it } from "vitest";
import { countWaitingReasons } from "./count-waiting-reasons.ts";
import { type FlowFacts, findLimit } from "./find-limit.ts";

const queue: FlowFacts = {
  paused: false,
  waiting: 10,
  running: 4,
  maxRunning: null,
  rateLimit: null,
  workers: 2,
  slots: 16,
  busy: 4,
};
const spent = { count: 5, perMs: 1_000, nextTokenAtMs: 99 };

describe("what bounds a queue", () => {
  it("is the first that holds of pause, workers, cap, rate and slots", () => {
    const all = { ...queue, maxRunning: 4, rateLimit: spent, busy: 16 };
    expect(findLimit({ ...all, paused: true, workers: 0 }).kind).toBe("paused");
    expect(findLimit({ ...all, workers: 0 }).kind).toBe("no-workers");
    expect(findLimit(all)).toEqual({ kind: "cap", running: 4, maxRunning: 4 });
    expect(findLimit({ ...all, maxRunning: 5 })).toEqual({ kind: "rate", ...spent });
    expect(findLimit({ ...all, maxRunning: 5, rateLimit: null })).toEqual({
      kind: "workers",
      busy: 16,
      slots: 16,
    });
    expect(findLimit(queue).kind).toBe("nothing");
  });

  it("is nothing while nothing waits, and a bucket with tokens does not bind", () => {
    expect(findLimit({ ...queue, waiting: 0, workers: 0, busy: 16 }).kind).toBe("nothing");
    expect(findLimit({ ...queue, rateLimit: { ...spent, nextTokenAtMs: null } }).kind).toBe("nothing");
  });
});

describe("the waiting reasons of a queue", () => {
  const parts = [
    { available: 7, scheduled: 2, retryable: 1, workers: 2 },
    { available: 3, scheduled: 0, retryable: 4, workers: 0 },
  ];
  const total = 17;

  it("count every job once, by what binds it", () => {
    expect(countWaitingReasons({ ...queue, rateLimit: spent }, parts)).toEqual([
      { kind: "rate-limit", jobs: 7 },
      { kind: "backoff", jobs: 5 },
      { kind: "no-worker", jobs: 3 },
      { kind: "due-later", jobs: 2 },
    ]);
    for (const each of [queue, { ...queue, maxRunning: 1 }, { ...queue, paused: true }]) {
      const sum = countWaitingReasons(each, parts).reduce((jobs, reason) => jobs + reason.jobs, 0);
      expect(sum).toBe(total);
    }
  });

  it("are one when the queue is paused", () => {
    expect(countWaitingReasons({ ...queue, paused: true }, parts)).toEqual([
      { kind: "queue-paused", jobs: total },
    ]);
  });
});
