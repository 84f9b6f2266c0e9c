import type { RetryPolicy } from "./retry-policy.ts";

/**
 * The policy called `default`: 1 s doubled up to 10 min, full jitter with a floor of half the base, 8 attempts;
 * seven delays of nominally 127 s together, which outlasts a restart or a failover and no more.
 */
export const defaultRetryPolicy: RetryPolicy = {
  law: { kind: "exponential", baseMs: 1_000, factor: 2, capMs: 600_000 },
  jitter: "full",
  minDelayMs: 500,
  maxAttempts: 8,
  honourRetryAfter: true,
};
