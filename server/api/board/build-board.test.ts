import { describe, expect, it } from "vitest";
import type { SecondCounters } from "#server/store/metrics/read-second-counters.ts";
import { countedReady } from "#server/store/metrics/sample-depth.ts";
import { rateWindowMs, settleMs, trendWindowMs } from "./board-snapshot.ts";
import { type BoardFacts, buildBoard } from "./build-board.ts";

const nowMs = 1_700_000_000_000;
const gate = {
  id: 1,
  name: "mail",
  pool: "default",
  paused: false,
  maxRunning: null,
  maxRunningPerKey: null,
  fair: false,
  rateLimit: null,
  pausedUntilMs: null,
  drainingSinceMs: null,
};

function second(atMs: number, counts: Partial<SecondCounters> = {}): SecondCounters {
  const zero = { submitted: 0, started: 0, completed: 0, retried: 0, died: 0, cancelled: 0 };
  return { atMs, lane: 1, ...zero, failures: {}, ...counts };
}

function facts(more: Partial<BoardFacts> = {}): BoardFacts {
  return {
    nowMs,
    queues: [gate],
    more: false,
    lanes: [{ lane: 1, queue: "mail", definition: "send", target: "worker" }],
    depths: null,
    fleet: [],
    buckets: [],
    seconds: [],
    pausedRuns: [],
    ...more,
  };
}

const depth = {
  lane: 1,
  rank: 2,
  available: 0,
  scheduled: 0,
  retryable: 0,
  held: 0,
  running: 0,
  oldestRunAtMs: null,
};
const group = {
  pool: "default",
  callsTargets: false,
  definitions: ["send"],
  state: "active" as const,
  workers: 2,
  slots: 20,
  running: 3,
};
const queueOf = (more: Partial<BoardFacts>) => {
  const queue = buildBoard(facts(more)).queues[0];
  if (!queue) throw new Error("no queue");
  return queue;
};

describe("depths", () => {
  it("add up over lanes and stay apart by class", () => {
    const rows = [
      { ...depth, available: 3, oldestRunAtMs: 50 },
      { ...depth, rank: 0, available: 2, held: 4, oldestRunAtMs: 20 },
    ];
    expect(queueOf({ depths: { atMs: nowMs, rows } })).toMatchObject({
      waiting: [6, 0, 3, 0, 0],
      held: 4,
      oldestRunAtMs: 20,
      atLeast: false,
    });
  });

  it("of a paused queue are held, every one", () => {
    const queues = [{ ...gate, paused: true }];
    expect(queueOf({ queues, depths: { atMs: nowMs, rows: [{ ...depth, available: 7 }] } }).held).toBe(7);
  });

  it("too large to be counted one by one are a lower bound and say so", () => {
    expect(queueOf({ depths: { atMs: nowMs, rows: [{ ...depth, available: countedReady }] } }).atLeast).toBe(
      true,
    );
  });

  it("of lanes that are no queue's are nobody's", () => {
    const rows = [{ ...depth, lane: 0, available: 9 }];
    expect(queueOf({ depths: { atMs: nowMs, rows } }).waiting).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("rates", () => {
  const endMs = nowMs - settleMs;

  it("are means over ten whole seconds that can no longer change", () => {
    const seconds = [
      second(endMs - 1_000, { submitted: 30, completed: 10 }),
      second(endMs - rateWindowMs, { submitted: 20, failures: { timeout: 5 } }),
      second(endMs, { submitted: 1_000 }),
      second(endMs - rateWindowMs - 1_000, { submitted: 500 }),
    ];
    expect(queueOf({ seconds }).rates).toEqual({ arrivals: 5, starts: 0, finishes: 1, failures: 0.5 });
  });

  it("of the trend cover a minute, with failures by class", () => {
    const seconds = [
      second(endMs - 1_000, { submitted: 4, retried: 2, failures: { timeout: 1, bug: 2 } }),
      second(endMs - trendWindowMs, { started: 6, failures: { timeout: 1 } }),
      second(endMs - trendWindowMs - 1_000, { started: 100 }),
    ];
    expect(queueOf({ seconds }).trend).toMatchObject({
      inflow: 6,
      starts: 6,
      failures: 4,
      failuresByClass: { timeout: 2, bug: 2 },
    });
  });
});

describe("workers of a queue", () => {
  it("are those of its pool that serve one of its definitions", () => {
    expect(queueOf({ fleet: [group] })).toMatchObject({ workers: 2, slots: 20, busy: 3 });
    expect(queueOf({ fleet: [{ ...group, pool: "gpu" }] }).workers).toBe(0);
    expect(queueOf({ fleet: [{ ...group, definitions: ["other"] }] }).workers).toBe(0);
  });

  it("are not those that drain", () => {
    expect(queueOf({ fleet: [{ ...group, state: "draining" }] }).workers).toBe(0);
  });

  it("for HTTP targets are the dispatchers that call them, whatever their pool", () => {
    const lanes = [{ lane: 1, queue: "mail", definition: "send", target: "http" as const }];
    const caller = { ...group, pool: "any", callsTargets: true, definitions: [] };
    expect(queueOf({ lanes, fleet: [group, caller] })).toMatchObject({ workers: 2 });
    expect(queueOf({ fleet: [caller] }).workers).toBe(0);
  });
});

describe("a rate limit", () => {
  const queues = [{ ...gate, rateLimit: { count: 2, perMs: 1_000 } }];
  const bucket = { queueId: 1, limit: { count: 2, perMs: 1_000 }, level: 0, atMs: nowMs };

  it("says when the queue may start again, and nothing while it may", () => {
    expect(queueOf({ queues, buckets: [bucket] }).rateLimit?.nextTokenAtMs).toBe(nowMs + 500);
    expect(
      queueOf({ queues, buckets: [{ ...bucket, atMs: nowMs - 3_000 }] }).rateLimit?.nextTokenAtMs,
    ).toBeNull();
  });
});

describe("the tail", () => {
  it("is the three newest buckets with everything in them", () => {
    const tail = buildBoard(
      facts({ seconds: [second(nowMs - 1_000, { completed: 2 }), second(nowMs - 12_000, { completed: 3 })] }),
    ).tail;
    expect(tail).toHaveLength(3);
    expect(tail.reduce((sum, bucket) => sum + bucket.completed, 0)).toBe(5);
    expect(tail.every((bucket) => bucket.atMs % 10_000 === 0)).toBe(true);
  });
});

describe("the mean run of a paused queue", () => {
  it("stands on the queue while it is paused, and on no other", () => {
    const pausedRuns = [{ queue: "mail", runMs: 20 }];
    expect(queueOf({ pausedRuns }).pausedRunMs).toBeNull();
    expect(queueOf({ pausedRuns, queues: [{ ...gate, paused: true }] }).pausedRunMs).toBe(20);
  });
});
