import { describe, expect, it } from "vitest";
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
