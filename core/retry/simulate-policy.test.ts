import { describe, expect, it } from "vitest";
import { defaultRetryPolicy } from "./default-retry-policy.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { simulatePolicy } from "./simulate-policy.ts";

const policy: RetryPolicy = { ...defaultRetryPolicy, jitter: "none", minDelayMs: 0, maxAttempts: 4 };
const input = {
  policy,
  failureClass: "transient",
  priority: "normal",
  attempts: 10,
  seed: 1,
  startMs: 5_000,
} as const;

describe("simulatePolicy", () => {
  it("shows the delays until the policy gives up, and why", () => {
    expect(simulatePolicy(input)).toEqual({
      delaysMs: [1_000, 2_000, 4_000],
      runAtMs: [6_000, 8_000, 12_000],
      giveUpReason: "max-attempts",
    });
  });

  it("shows one delay less than the attempts asked for, and no reason when it would go on", () => {
    expect(simulatePolicy({ ...input, attempts: 3 })).toMatchObject({
      delaysMs: [1_000, 2_000],
      giveUpReason: null,
    });
    expect(simulatePolicy({ ...input, attempts: 4 })).toMatchObject({ giveUpReason: "max-attempts" });
    expect(simulatePolicy({ ...input, attempts: 1 })).toMatchObject({ delaysMs: [], giveUpReason: null });
  });

  it("gives up by time and by class", () => {
    const hasty = { ...policy, maxElapsedMs: 3_500 };
    expect(simulatePolicy({ ...input, policy: hasty })).toMatchObject({
      delaysMs: [1_000, 2_000],
      giveUpReason: "max-elapsed",
    });
    expect(simulatePolicy({ ...input, failureClass: "bug" })).toMatchObject({
      delaysMs: [],
      giveUpReason: "class-not-retried",
    });
    expect(simulatePolicy({ ...input, failureClass: "worker-lost" })).toMatchObject({
      delaysMs: [0, 0],
      giveUpReason: "max-attempts",
    });
  });

  it("repeats itself for a seed and differs for another", () => {
    const jittered = { ...input, policy: defaultRetryPolicy };
    expect(simulatePolicy(jittered)).toEqual(simulatePolicy(jittered));
    expect(simulatePolicy({ ...jittered, seed: 2 }).delaysMs).not.toEqual(simulatePolicy(jittered).delaysMs);
  });

  it("walks decorrelated jitter on from one attempt to the next", () => {
    const walking: RetryPolicy = { ...policy, jitter: "decorrelated", maxAttempts: 50 };
    for (let seed = 0; seed < 50; seed += 1) {
      const { delaysMs } = simulatePolicy({ ...input, policy: walking, attempts: 20, seed });
      let previousMs = 1_000;
      for (const delayMs of delaysMs) {
        expect(delayMs).toBeGreaterThanOrEqual(1_000);
        expect(delayMs).toBeLessThanOrEqual(Math.min(600_000, 3 * previousMs + 2));
        previousMs = delayMs;
      }
      expect(Math.max(...delaysMs)).toBeGreaterThan(3_000);
    }
  });
});
