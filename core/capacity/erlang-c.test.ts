import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastServers, waitShare } from "./erlang-c.ts";

describe("the share that waits", () => {
  it.each([
    [10, 8, 0.40918],
    [100, 90, 0.21694],
    [1_000, 950, 0.068253],
    [10_000, 9_900, 0.222777],
  ])("is that of the tables with %d servers and %d erlangs", (servers, load, share) => {
    expect(waitShare(servers, load)).toBeCloseTo(share, 5);
  });

  it("is nothing without load, and all where the load is as much as the servers", () => {
    expect([waitShare(3, 0), waitShare(3, 3), waitShare(0, 1)]).toEqual([0, 1, 1]);
  });
});

describe("the least number of servers", () => {
  const objective = fc.record({
    load: fc.double({ min: 0.01, max: 300, noNaN: true }),
    runMs: fc.double({ min: 1, max: 60_000, noNaN: true }),
    withinMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
    share: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
  });
  const late = (
    servers: number,
    { load, runMs, withinMs }: { load: number; runMs: number; withinMs: number },
  ) => (servers <= load ? 1 : waitShare(servers, load) * Math.exp((-(servers - load) * withinMs) / runMs));

  it("meets the objective, and one less does not", () => {
    fc.assert(
      fc.property(objective, (asked) => {
        const servers = leastServers(asked);
        expect(servers).toBeGreaterThan(asked.load);
        expect(late(servers, asked)).toBeLessThanOrEqual(asked.share);
        expect(late(servers - 1, asked)).toBeGreaterThan(asked.share);
      }),
    );
  });

  it("is none without load", () => {
    expect(leastServers({ load: 0, runMs: 100, withinMs: 1_000, share: 0.05 })).toBe(0);
  });
});
