import type { FailureClass } from "../failure/failure-class.ts";
import type { PriorityClass } from "../priority/priority-class.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { type PolicySimulation, simulatePolicy } from "./simulate-policy.ts";

/** When an attempt starts, in milliseconds since the first one; `reached` is the share of draws that get so far. */
export interface AttemptBand {
  attempt: number;
  p5Ms: number;
  p50Ms: number;
  p95Ms: number;
  reached: number;
}

export interface PolicyBands {
  /** From the second attempt on; none when the policy does not retry the class. */
  bands: AttemptBand[];
  /** Why most draws end; null when the policy would go on beyond the attempts shown. */
  giveUpReason: PolicySimulation["giveUpReason"];
}

/** Attempts drawn at most: what lies beyond is said in words. */
export const shownAttempts = 25;

/**
 * The schedule of a job that fails the same way every time, as percentiles of `draws` (at least 1) simulations by
 * {@link simulatePolicy}. The same seed gives the same bands. A policy without jitter is drawn once.
 */
export function policyBands(input: {
  policy: RetryPolicy;
  failureClass: FailureClass;
  priority: PriorityClass;
  draws: number;
  seed: number;
}): PolicyBands {
  const { policy, failureClass, priority, seed } = input;
  const draws = policy.jitter === "none" ? 1 : input.draws;
  const attempts = Math.min(shownAttempts, longestRun(policy) + 1);
  const startsMs: number[][] = [];
  const reasons = new Map<PolicySimulation["giveUpReason"], number>();
  for (let draw = 0; draw < draws; draw += 1) {
    const simulated = simulatePolicy({
      policy,
      failureClass,
      priority,
      attempts,
      seed: seed + draw,
      startMs: 0,
    });
    for (const [index, atMs] of simulated.runAtMs.entries()) {
      const place = startsMs[index];
      if (place === undefined) startsMs[index] = [atMs];
      else place.push(atMs);
    }
    reasons.set(simulated.giveUpReason, (reasons.get(simulated.giveUpReason) ?? 0) + 1);
  }
  const bands = startsMs.map((unsorted, index): AttemptBand => {
    const sorted = Float64Array.from(unsorted).sort();
    return {
      attempt: index + 2,
      p5Ms: quantile(sorted, 0.05),
      p50Ms: quantile(sorted, 0.5),
      p95Ms: quantile(sorted, 0.95),
      reached: sorted.length / draws,
    };
  });
  const most = [...reasons].sort((a, b) => b[1] - a[1])[0];
  return { bands, giveUpReason: most?.[0] ?? null };
}

function longestRun(policy: RetryPolicy): number {
  const own = Object.values(policy.perClass ?? {}).map((rule) => rule?.maxAttempts ?? 0);
  return Math.max(policy.maxAttempts, ...own);
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
