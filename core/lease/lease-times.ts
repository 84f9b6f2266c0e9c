/** The shortest lease worth having: below it the margin leaves a worker no time to work in. */
export const minLeaseMs = 1_500;

/** When a lease ends, on the database's clock, which alone decides about leases. */
export function leaseUntilMs(input: { nowMs: number; leaseMs: number }): number {
  return input.nowMs + input.leaseMs;
}

/** Whether a lease is over; it holds up to its last instant, not at it. Both on the database's clock. */
export function isExpired(input: { leaseUntilMs: number; nowMs: number }): boolean {
  return input.nowMs >= input.leaseUntilMs;
}

/** When the next heartbeat is due: a third of the lease after the last was sent, so that two may be lost. */
export function heartbeatDueMs(input: { sentAtMs: number; leaseMs: number }): number {
  return input.sentAtMs + input.leaseMs / 3;
}

/** How long before its lease can end a worker stops trusting it: a tenth of it, at least 500 ms. */
export function leaseMarginMs(leaseMs: number): number {
  return Math.max(500, leaseMs * 0.1);
}

/**
 * Until when a worker may act on a lease, on its own monotonic clock. `requestedAtMs` is when the claim or renewal
 * was sent: the database granted it later than that, so the lease outlives the result by the margin at least,
 * however long the request or its answer took and whatever the wall clocks say.
 */
export function trustedUntilMs(input: { requestedAtMs: number; leaseMs: number }): number {
  return input.requestedAtMs + input.leaseMs - leaseMarginMs(input.leaseMs);
}

/**
 * Until when to trust after a renewal was granted. One whose answer comes after trust has run out changes
 * nothing: the handler has been aborted, and another worker may have the job. Answers out of order never shorten it.
 */
export function renewedTrustMs(input: {
  trustedUntilMs: number;
  requestedAtMs: number;
  answeredAtMs: number;
  leaseMs: number;
}): number {
  if (input.answeredAtMs >= input.trustedUntilMs) return input.trustedUntilMs;
  return Math.max(input.trustedUntilMs, trustedUntilMs(input));
}
