/** At most `count` starts in any `perMs` on the average, and as many at once: 1…1,000,000 in 1…86,400,000 ms. */
export interface RateLimit {
  count: number;
  perMs: number;
}

/**
 * A token bucket as it stood at `atMs`. `level` counts parts of a token, `limit.perMs` of them each, so that a
 * millisecond refills `limit.count` parts and nothing is ever rounded: a full bucket is 8.64e13 parts at most, which a
 * double holds exactly.
 */
export interface TokenBucket {
  limit: RateLimit;
  level: number;
  atMs: number;
}

/** A bucket with all its tokens. */
export function fullBucket(limit: RateLimit, nowMs: number): TokenBucket {
  return { limit, level: limit.count * limit.perMs, atMs: nowMs };
}

/** Whole tokens in the bucket now. */
export function tokensAt(bucket: TokenBucket, nowMs: number): number {
  return Math.floor(refilled(bucket, nowMs).level / bucket.limit.perMs);
}

/** Take what is there of `wanted` tokens; a clock that went back refills nothing. */
export function takeTokens(
  bucket: TokenBucket,
  wanted: number,
  nowMs: number,
): { taken: number; bucket: TokenBucket } {
  const now = refilled(bucket, nowMs);
  const taken = Math.max(0, Math.min(wanted, Math.floor(now.level / bucket.limit.perMs)));
  return { taken, bucket: { ...now, level: now.level - taken * bucket.limit.perMs } };
}

/** When there is a token again: `nowMs` while there is one, else the first millisecond at which there is. */
export function nextTokenAtMs(bucket: TokenBucket, nowMs: number): number {
  const { level, atMs, limit } = refilled(bucket, nowMs);
  const missing = limit.perMs - level;
  return missing <= 0 ? nowMs : atMs + Math.ceil(missing / limit.count);
}

/** A claim comes by at least this often while something waits, ms. */
const claimsWithinMs = 2_000;

/**
 * Whether the rate is what jobs that wait here wait for: there is no token, or whoever took last, a moment ago, left
 * none, and what has come since is for the next claim.
 */
export function isDrained(bucket: TokenBucket, nowMs: number): boolean {
  if (tokensAt(bucket, nowMs) === 0) return true;
  return bucket.level < bucket.limit.perMs && nowMs - bucket.atMs < claimsWithinMs;
}

/** The bucket under a new limit: it keeps its tokens as far as they fit, so an edit neither gives nor takes any. */
export function resizeBucket(bucket: TokenBucket, limit: RateLimit, nowMs: number): TokenBucket {
  const now = refilled(bucket, nowMs);
  const whole = Math.floor(now.level / bucket.limit.perMs);
  const part = now.level % bucket.limit.perMs;
  const level = whole * limit.perMs + Math.floor((part / bucket.limit.perMs) * limit.perMs);
  return { limit, level: Math.min(level, limit.count * limit.perMs), atMs: now.atMs };
}

function refilled(bucket: TokenBucket, nowMs: number): TokenBucket {
  const { limit, level, atMs } = bucket;
  // After a whole period the bucket is full whatever was in it, so the product stays small.
  const elapsedMs = Math.min(Math.max(0, nowMs - atMs), limit.perMs);
  const full = limit.count * limit.perMs;
  return { limit, level: Math.min(full, level + elapsedMs * limit.count), atMs: Math.max(atMs, nowMs) };
}
