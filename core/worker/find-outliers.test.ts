import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findOutliers, type WorkerTally } from "./find-outliers.ts";

const tally = (workerId: string, failures: number, attempts: number, definition = "send"): WorkerTally => ({
  workerId,
  definition,
  attempts,
  failures,
});

describe("findOutliers", () => {
  it("names a worker that fails far more than its peers, with the evidence", () => {
    expect(findOutliers([tally("1", 40, 100), tally("2", 3, 120), tally("3", 5, 80)])).toEqual([
      {
        workerId: "1",
        definition: "send",
        attempts: 100,
        failures: 40,
        share: 0.4,
        peers: 2,
        peerAttempts: 200,
        peerShare: 0.04,
      },
    ]);
  });

  it("names nobody when all fail alike, however much: then it is not the worker", () => {
    expect(findOutliers([tally("1", 80, 100), tally("2", 85, 100), tally("3", 79, 100)])).toEqual([]);
  });

  it("compares only on the same definition: who has the hard work is no outlier", () => {
    expect(findOutliers([tally("1", 50, 100, "hard"), tally("2", 0, 1_000, "easy")])).toEqual([]);
  });

  it("says nothing from few attempts, few failures, or without peers", () => {
    expect(findOutliers([tally("1", 10, 10), tally("2", 0, 500)])).toEqual([]);
    expect(findOutliers([tally("1", 4, 400), tally("2", 0, 10_000)])).toEqual([]);
    expect(findOutliers([tally("1", 90, 100)])).toEqual([]);
  });

  it("names a worker once, by its worst definition", () => {
    const found = findOutliers([
      tally("1", 30, 100, "a"),
      tally("2", 1, 100, "a"),
      tally("1", 90, 100, "b"),
      tally("2", 1, 100, "b"),
    ]);
    expect(found.map(({ workerId, definition }) => `${workerId} ${definition}`)).toEqual(["1 b"]);
  });

  it("never names a worker whose share is not above that of its peers", () => {
    const tallies = fc.array(
      fc.record({
        workerId: fc.constantFrom("1", "2", "3", "4"),
        definition: fc.constantFrom("a", "b"),
        attempts: fc.integer({ min: 1, max: 5_000 }),
        failing: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(tallies, (drawn) => {
        const all = drawn.map(({ failing, ...rest }) => ({
          ...rest,
          failures: Math.floor(failing * rest.attempts),
        }));
        for (const outlier of findOutliers(all)) {
          expect(outlier.share).toBeGreaterThan(outlier.peerShare);
          expect(outlier.failures).toBeLessThanOrEqual(outlier.attempts);
        }
      }),
    );
  });
});
