import type { BackoffLaw } from "./retry-policy.ts";

/**
 * The delay in milliseconds after the k-th counted failure (k ≥ 1), before every factor and before jitter:
 * constant; linear base + step·(k−1); exponential base·factor^(k−1); list the k-th entry or the last.
 * Linear and exponential are capped. The exponential compares with its cap in log space, so that no k
 * overflows (`power()` would, before the cap could act), and multiplies only when it stays below: exact figures.
 */
export function lawDelayMs(law: BackoffLaw, failures: number): number {
  const steps = Math.max(0, failures - 1);
  switch (law.kind) {
    case "constant":
      return law.delayMs;
    case "linear":
      return Math.min(law.capMs, law.baseMs + law.stepMs * steps);
    case "exponential": {
      const overCap = Math.log(law.baseMs) + steps * Math.log(law.factor) >= Math.log(law.capMs);
      return overCap ? law.capMs : Math.min(law.capMs, law.baseMs * law.factor ** steps);
    }
    case "list":
      return law.delaysMs[Math.min(steps, law.delaysMs.length - 1)] ?? 0;
  }
}

/** The smallest first and the longest delay of a law in milliseconds: what decorrelated jitter walks between. */
export function lawRangeMs(law: BackoffLaw): { baseMs: number; capMs: number } {
  switch (law.kind) {
    case "constant":
      return { baseMs: law.delayMs, capMs: law.delayMs };
    case "list":
      return { baseMs: law.delaysMs[0] ?? 0, capMs: Math.max(...law.delaysMs) };
    default:
      return { baseMs: law.baseMs, capMs: law.capMs };
  }
}
