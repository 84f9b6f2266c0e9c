import { describe, expect, it } from "vitest";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { findLimitEffects } from "./limit-effects.ts";

const queue = {
  pool: "default",
  maxRunning: null,
  maxRunningPerKey: null,
  fair: false,
  rateLimit: null,
  running: 14,
  waiting: [0, 0, 70, 0, 0],
  rates: { arrivals: 0, starts: 12, finishes: 0, failures: 0 },
} as unknown as BoardQueue;
const draft = { maxRunning: null, maxRunningPerKey: null, fair: false, rateLimit: null, pool: "default" };
const effects = (more: Partial<typeof draft> | object) =>
  findLimitEffects(queue, { ...draft, ...more }, ["default", "gpu"]);

describe("the effect of new limits", () => {
  it("is nothing when nothing changes", () => {
    expect(effects({})).toEqual([{ kind: "none" }]);
  });

  it("of a cap below what runs says how many must end before one starts", () => {
    expect(effects({ maxRunning: 10 })).toEqual([{ kind: "cap-waits", running: 14, cap: 10, mustEnd: 5 }]);
    expect(effects({ maxRunning: 20 })).toEqual([{ kind: "cap-room", running: 14, more: 6 }]);
    expect(effects({ maxRunning: 0 })).toEqual([{ kind: "cap-none", running: 14 }]);
  });

  it("of a limit of keys says what becomes of the jobs that have one", () => {
    expect(effects({ maxRunningPerKey: 2, fair: true })).toEqual([
      { kind: "key-cap", perKey: 2 },
      { kind: "fair-on" },
    ]);
  });

  it("of a rate compares it with the starts of now and says how long the line takes at least", () => {
    expect(effects({ rateLimit: { count: 10, perMs: 2_000 } })).toEqual([
      { kind: "rate-slows", startsPerSecond: 12, allowedPerSecond: 5 },
      { kind: "rate-takes", waiting: 70, ms: 12_000 },
    ]);
    expect(effects({ rateLimit: { count: 100, perMs: 1_000 } })).toEqual([
      { kind: "rate-holds", startsPerSecond: 12, allowedPerSecond: 100 },
    ]);
  });

  it("of a pool without workers says that nothing will start", () => {
    expect(effects({ pool: "gpu" })).toEqual([{ kind: "pool", from: "default", to: "gpu" }]);
    expect(effects({ pool: "none" })).toEqual([{ kind: "pool-empty", to: "none" }]);
  });
});
