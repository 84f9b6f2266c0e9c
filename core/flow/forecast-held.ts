import type { RateLimit } from "./token-bucket.ts";

/**
 * How long the backlog of a held queue keeps its workers at work once it goes on, ms: jobs × mean run ÷ slots (at most
 * the cap), and no less than its rate limit allows. Work that comes meanwhile, and work of other queues in the same slots,
 * is left out. Null when nothing can be said: no run is known, or nothing could run. Pure.
 */
export function forecastHeld(backlog: {
  waiting: number;
  /** Mean run of its jobs, ms; null when too few are known. */
  runMs: number | null;
  slots: number;
  maxRunning: number | null;
  rateLimit: Pick<RateLimit, "count" | "perMs"> | null;
}): number | null {
  const { waiting, runMs, slots, maxRunning, rateLimit } = backlog;
  const places = Math.min(slots, maxRunning ?? slots);
  if (runMs === null || places <= 0) return null;
  const limitedMs = rateLimit === null ? 0 : (waiting / rateLimit.count) * rateLimit.perMs;
  return Math.max((waiting * runMs) / places, limitedMs);
}
