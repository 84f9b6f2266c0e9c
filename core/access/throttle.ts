/** How many sign-ins may fail for one account and from one address within a span before the next is put off. */
export const signInLimits = { account: 5, address: 50, spanMs: 15 * 60_000 } as const;

export type ThrottleDecision = { allowed: true } | { allowed: false; retryAfterMs: number };

/**
 * Whether a sign-in may be tried now. Takes when earlier ones failed, in any order, for its account and from its
 * address; those older than the span count no more, so nobody is ever locked out for good. A sign-in that is put off
 * is no failure and must not be counted as one, or trying would never be allowed again. `retryAfterMs` is the first
 * moment at which both counts are below their limits, when nothing fails meanwhile.
 */
export function decideThrottle(facts: {
  accountFailuresMs: readonly number[];
  addressFailuresMs: readonly number[];
  nowMs: number;
}): ThrottleDecision {
  const { accountFailuresMs, addressFailuresMs, nowMs } = facts;
  const untilMs = Math.max(
    freeAtMs(accountFailuresMs, signInLimits.account, nowMs),
    freeAtMs(addressFailuresMs, signInLimits.address, nowMs),
  );
  return untilMs <= nowMs ? { allowed: true } : { allowed: false, retryAfterMs: untilMs - nowMs };
}

/** When fewer than `limit` of the failures are within the span; `nowMs` when they are already. */
function freeAtMs(failuresMs: readonly number[], limit: number, nowMs: number): number {
  const counting = failuresMs.filter((atMs) => atMs > nowMs - signInLimits.spanMs).sort((a, b) => b - a);
  const last = counting[limit - 1];
  return last === undefined ? nowMs : last + signInLimits.spanMs;
}
