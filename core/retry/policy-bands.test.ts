import { describe, expect, it } from "vitest";
import { defaultRetryPolicy } from "./default-retry-policy.ts";
import { policyBands, shownAttempts } from "./policy-bands.ts";
import type { RetryPolicy } from "./retry-policy.ts";

const draw = (policy: RetryPolicy, more: Partial<Parameters<typeof policyBands>[0]> = {}) =>
  policyBands({ policy, failureClass: "transient", priority: "normal", draws: 500, seed: 1, ...more });

describe("policyBands", () => {
  it("without jitter is one line: the delays added up", () => {
    const { bands, giveUpReason } = draw({
      ...defaultRetryPolicy,
      jitter: "none",
      minDelayMs: 0,
      maxAttempts: 4,
    });
    expect(bands.map(({ attempt, p5Ms, p50Ms, p95Ms }) => [attempt, p5Ms, p50Ms, p95Ms])).toEqual([
      [2, 1_000, 1_000, 1_000],
      [3, 3_000, 3_000, 3_000],
      [4, 7_000, 7_000, 7_000],
    ]);
    expect(giveUpReason).toBe("max-attempts");
  });

  it("with jitter widens with each attempt and stays in order", () => {
    const { bands } = draw(defaultRetryPolicy);
    expect(bands).toHaveLength(7);
    for (const band of bands) {
      expect(band.p5Ms).toBeLessThan(band.p50Ms);
      expect(band.p50Ms).toBeLessThan(band.p95Ms);
      expect(band.reached).toBe(1);
    }
    const widths = bands.map((band) => band.p95Ms - band.p5Ms);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
  });

  it("half of the draws may not get to an attempt that the elapsed limit cuts off", () => {
    const { bands } = draw({ ...defaultRetryPolicy, minDelayMs: 0, maxElapsedMs: 2_000, maxAttempts: 6 });
    const last = bands.at(-1);
    expect(last?.reached).toBeGreaterThan(0);
    expect(last?.reached).toBeLessThan(1);
  });

  it("a class that is not retried has no schedule, and a very long one is cut where it can still be seen", () => {
    expect(draw(defaultRetryPolicy, { failureClass: "bug" })).toEqual({
      bands: [],
      giveUpReason: "class-not-retried",
    });
    const long = draw({ ...defaultRetryPolicy, maxAttempts: 1_000 }, { draws: 10 });
    expect(long.bands).toHaveLength(shownAttempts - 1);
    expect(long.giveUpReason).toBeNull();
  });
});
