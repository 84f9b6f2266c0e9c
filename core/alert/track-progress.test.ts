import { describe, expect, it } from "vitest";
import { trackProgress } from "./track-progress.ts";

const attempt = (progress: number | null, claimedAtMs = 100) => ({ jobId: "1", claimedAtMs, progress });
const moved = (...looks: [number, number | null][]) => {
  let seen = {};
  let movedAtMs = 0;
  for (const [nowMs, progress] of looks) {
    const tracked = trackProgress(seen, [attempt(progress)], nowMs);
    seen = tracked.seen;
    movedAtMs = tracked.attempts[0]?.movedAtMs ?? 0;
  }
  return movedAtMs;
};

describe("when progress last moved", () => {
  it("is the claim while nothing was ever reported", () => {
    expect(moved([5_000, null], [9_000, null])).toBe(100);
  });

  it("is when a report last differed from the one before", () => {
    expect(moved([5_000, 0.1], [9_000, 0.1])).toBe(5_000);
    expect(moved([5_000, 0.1], [9_000, 0.2], [12_000, 0.2])).toBe(9_000);
    expect(moved([5_000, null], [9_000, 0.2])).toBe(9_000);
  });

  it("begins anew with another attempt of the same job", () => {
    const { seen } = trackProgress({}, [attempt(0.5)], 1_000);
    expect(trackProgress(seen, [attempt(null, 2_000)], 3_000).attempts[0]?.movedAtMs).toBe(2_000);
  });

  it("forgets attempts that are gone", () => {
    const { seen } = trackProgress({}, [attempt(0.5)], 1_000);
    expect(trackProgress(seen, [], 2_000).seen).toEqual({});
  });
});
