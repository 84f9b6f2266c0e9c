import { describe, expect, it } from "vitest";
import { findContradiction } from "./queue-thresholds.ts";
import { queueThresholdsSchema } from "./queue-thresholds-schema.ts";

const free = { rateLimit: null, maxRunning: null };

describe("thresholds of a queue", () => {
  it("take one bound or both, and refuse unless told to signal", () => {
    expect(queueThresholdsSchema.parse({ maxDepth: 10 })).toEqual({
      maxDepth: 10,
      maxOldestMs: null,
      action: "reject",
    });
    expect(queueThresholdsSchema.parse({ maxOldestMs: 60_000, action: "signal" })).toMatchObject({
      action: "signal",
    });
  });

  it.each([
    [{}],
    [{ maxDepth: null, maxOldestMs: null }],
    [{ maxDepth: 0 }],
    [{ maxDepth: -1 }],
    [{ maxDepth: 1.5 }],
    [{ maxDepth: 1_000_001 }],
    [{ maxDepth: "10" }],
    [{ maxDepth: Number.NaN }],
    [{ maxOldestMs: 0 }],
    [{ maxOldestMs: 999 }],
    [{ maxOldestMs: 604_800_001 }],
    [{ maxDepth: 1, action: "drop" }],
    [{ maxDepth: 1, minDepth: 0 }],
    [[]],
    ["reject"],
  ])("refuse %j", (value) => {
    expect(queueThresholdsSchema.safeParse(value).success).toBe(false);
  });

  it("contradict a rate limit that no second job in line could meet", () => {
    const thresholds = { maxDepth: null, maxOldestMs: 5_000, action: "reject" } as const;
    expect(findContradiction(thresholds, { ...free, rateLimit: { count: 1, perMs: 60_000 } })).toMatchObject({
      field: "maxOldestMs",
    });
    expect(findContradiction(thresholds, { ...free, rateLimit: { count: 60, perMs: 60_000 } })).toBeNull();
    expect(findContradiction({ ...thresholds, maxOldestMs: null, maxDepth: 5 }, free)).toBeNull();
    expect(findContradiction(null, free)).toBeNull();
  });

  it("contradict a queue that starts nothing, unless they only signal", () => {
    const closed = { ...free, maxRunning: 0 };
    expect(findContradiction({ maxDepth: 5, maxOldestMs: null, action: "reject" }, closed)?.field).toBe(
      "maxDepth",
    );
    expect(findContradiction({ maxDepth: 5, maxOldestMs: null, action: "signal" }, closed)).toBeNull();
  });
});
