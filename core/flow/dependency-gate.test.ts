import { describe, expect, it } from "vitest";
import { dependencyRoom, isLimited, isShut } from "./dependency-gate.ts";

const bucket = { limit: { count: 5, perMs: 1_000 }, level: 2_000, atMs: 0 };
const closed = { state: "closed", forced: null, ratePerSecond: null } as const;

describe("the gate of a dependency", () => {
  it("is shut by an open breaker, and an operator's word is above that", () => {
    expect(isShut({ ...closed, state: "open" })).toBe(true);
    expect(isShut({ ...closed, state: "open", forced: "closed" })).toBe(false);
    expect(isShut({ ...closed, forced: "open" })).toBe(true);
    for (const state of ["closed", "half-open", "recovering"] as const)
      expect(isShut({ ...closed, state })).toBe(false);
  });

  it("takes tokens while it probes, recovers or has a rate, and none when it is forced closed", () => {
    expect(isLimited(closed)).toBe(false);
    expect(isLimited({ ...closed, ratePerSecond: 5 })).toBe(true);
    expect(isLimited({ ...closed, state: "half-open" })).toBe(true);
    expect(isLimited({ ...closed, state: "recovering", forced: "closed" })).toBe(false);
  });

  it("has room for its tokens, for nothing when shut, and for everything without a bucket", () => {
    expect(dependencyRoom({ ...closed, bucket }, 0)).toBe(2);
    expect(dependencyRoom({ ...closed, bucket }, 200)).toBe(3);
    expect(dependencyRoom({ ...closed, state: "open", bucket }, 0)).toBe(0);
    expect(dependencyRoom({ ...closed, forced: "closed", bucket }, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(dependencyRoom({ ...closed, bucket: null }, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});
