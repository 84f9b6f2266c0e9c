import type { TickSums } from "./sum-reports.ts";

/**
 * A limit that finds what a dependency bears by its refusals. Rates in calls a second, times in ms since 1970.
 */
export interface RateLimiter {
  ratePerSecond: number;
  sinceMs: number;
  raisedMs: number;
  /** How often the rate was raised since it was last lowered. */
  raises: number;
  /** What it was before the last raise: refusals that come soon after are still its own. */
  beforeRaise: number;
  /** A rate that outlived its hold without a refusal, to go back to; null before there is one. */
  proven: number | null;
  /** By which part it is raised: little near what was found, more after a hard or first cut, which finds little. */
  stride: number;
  /** When it last held something back. */
  boundMs: number;
  /** When it was last lowered for refusals; null before the first. */
  loweredMs: number | null;
  refusedMs: number | null;
  /** Until then the rate is a little lower still, so that the dependency's own bucket fills. */
  easeUntilMs: number;
  holdMs: number;
  /** What was answered since the dependency's bucket was last known to be empty. */
  sinceEmpty: { fromMs: number; answered: number; bound: boolean };
  /** What it was last found to bear. */
  estimate: number | null;
  /** What was last told of it on the automation feed. */
  told: { atMs: number; perSecond: number } | null;
  /** The last second, by ticks. */
  recent: readonly { atMs: number; answered: number; refused: number; starts: number }[];
}

/** What a tick of the limiter is decided by. */
export interface LimiterFacts {
  nowMs: number;
  sums: TickSums;
  waiting: number;
  /** Answers take far longer than usual: no time to ask for more. */
  strained: boolean;
  /** What it bore in the last ten minutes, calls a second; null when nothing is known. */
  knownGood: number | null;
}

/** A limiter that starts at a rate known to be good, and climbs from there while the rate holds something back. */
export function beginLimiter(ratePerSecond: number, nowMs: number): RateLimiter {
  return {
    ratePerSecond,
    sinceMs: nowMs,
    raisedMs: nowMs,
    raises: 0,
    beforeRaise: ratePerSecond,
    proven: null,
    stride: fineStride,
    boundMs: nowMs,
    loweredMs: null,
    refusedMs: null,
    easeUntilMs: nowMs,
    holdMs: 0,
    sinceEmpty: { fromMs: nowMs, answered: 0, bound: false },
    estimate: null,
    told: null,
    recent: [],
  };
}

const leastPerSecond = 0.2;
/** Refusals reach us this late at the most: those within it belong to the rate before. */
const feedbackMs = 500;
const recentMs = 1_000;
const dissolveAfterMs = 10_000;
/** Between two refusals at least this far apart, the answers say what the dependency gives. */
const exactAfterMs = 3_000;
/** With more refusals than this share it gives far less than it is asked for: straight down to what it took. */
const mostShare = 0.1;
/** Of what a burst gets through a part is what the dependency had saved up. */
const takenShare = 0.85;
const easeMs = 400;
const fineStride = 0.01;
const roughStride = 0.1;
const leastProofMs = 15_000;
/** The longer its estimates agree, the longer it stays before it asks for more. */
const longestHoldMs = 120_000;

/** What the bucket gets now: the rate, or a little less while the dependency's own bucket is to fill. */
export function limiterRate(limiter: RateLimiter, nowMs: number): number {
  return limiter.ratePerSecond * (nowMs < limiter.easeUntilMs ? 0.85 : 1);
}

/**
 * One tick of a limiter; null when it has not held anything back for 10 s and is over. Two refusals are two moments at
 * which the dependency's bucket was empty, so what it answered between them is what it gives, exactly: the first
 * refusal sets the rate roughly, the next ones set it to just under that figure.
 */
export function advanceLimiter(before: RateLimiter, facts: LimiterFacts): RateLimiter | null {
  const { nowMs, sums, waiting } = facts;
  const answered = sums.succeeded + sums.failed;
  const recent = [
    ...before.recent.filter(({ atMs }) => atMs > nowMs - recentMs),
    { atMs: nowMs, answered, refused: sums.refused, starts: sums.starts },
  ];
  const spanMs = Math.max(500, Math.min(recentMs, nowMs - before.sinceMs));
  const started = (recent.reduce((sum, tick) => sum + tick.starts, 0) * 1_000) / spanMs;
  const binds = waiting > 0 && started >= 0.8 * before.ratePerSecond;
  const limiter: RateLimiter = {
    ...before,
    recent,
    boundMs: binds ? nowMs : before.boundMs,
    sinceEmpty: {
      ...before.sinceEmpty,
      answered: before.sinceEmpty.answered + answered,
      bound: before.sinceEmpty.bound && binds,
    },
  };
  if (sums.refused > 0) return lower(limiter, nowMs, facts.knownGood ?? 0);
  const idle = nowMs - limiter.boundMs >= dissolveAfterMs;
  if (idle && (waiting === 0 || limiter.refusedMs === null)) return null;
  return binds && !facts.strained ? raise(limiter, nowMs) : limiter;
}

function lower(limiter: RateLimiter, nowMs: number, knownGood: number): RateLimiter {
  const { sinceEmpty, recent } = limiter;
  const emptyNow = { fromMs: nowMs, answered: 0, bound: true };
  if (limiter.loweredMs !== null && nowMs - limiter.loweredMs < feedbackMs) {
    // The burst that began it goes on: what is taken of it says more than what was asked for before.
    const isFirst = nowMs - limiter.sinceMs < recentMs;
    const ratePerSecond = isFirst
      ? Math.max(limiter.ratePerSecond, answeredPerSecond(limiter, nowMs) * takenShare)
      : limiter.ratePerSecond;
    return { ...limiter, ratePerSecond, refusedMs: nowMs, sinceEmpty: emptyNow };
  }
  const refusedRate =
    nowMs - limiter.raisedMs < feedbackMs && limiter.raises > 0 ? limiter.beforeRaise : limiter.ratePerSecond;
  const lastMs = nowMs - sinceEmpty.fromMs;
  const exact = sinceEmpty.bound && lastMs >= exactAfterMs;
  const refused = recent.reduce((sum, tick) => sum + tick.refused, 0);
  const share = refused / (refused + recent.reduce((sum, tick) => sum + tick.answered, 0));
  const took = answeredPerSecond(limiter, nowMs);
  const borne = exact ? (sinceEmpty.answered * 1_000) / lastMs : refusedRate * (1 - share);
  const back = limiter.proven !== null && limiter.raises > 0 && share <= mostShare;
  let ratePerSecond = refusedRate * 0.98;
  if (back) ratePerSecond = Math.max(limiter.proven ?? 0, refusedRate * 0.965);
  else if (share > mostShare) ratePerSecond = borne * 0.97;
  else if (exact)
    ratePerSecond = Math.min((Math.max(borne, refusedRate * 0.94) + refusedRate) / 2, refusedRate * 0.995);
  else if (limiter.loweredMs === null)
    ratePerSecond = Math.min(0.97 * refusedRate, Math.max(0.92 * refusedRate, took * 0.97));
  // A burst that it refuses, after a stall of ours perhaps, says nothing against a rate that it has borne for long.
  if (limiter.loweredMs === null) ratePerSecond = Math.max(ratePerSecond, Math.min(knownGood, refusedRate));
  const steady = exact && limiter.estimate !== null && Math.abs(borne / limiter.estimate - 1) < 0.05;
  return {
    ...limiter,
    ratePerSecond: Math.max(leastPerSecond, limiter.ratePerSecond / 2, ratePerSecond),
    raisedMs: nowMs,
    raises: 0,
    loweredMs: nowMs,
    refusedMs: nowMs,
    easeUntilMs: nowMs + easeMs,
    proven: back ? limiter.proven : null,
    stride: share > mostShare || limiter.sinceMs === nowMs ? roughStride : fineStride,
    holdMs: steady || back ? Math.min(longestHoldMs, limiter.holdMs * 2) : exact ? 20_000 : 2_000,
    sinceEmpty: emptyNow,
    estimate: borne,
  };
}

function raise(limiter: RateLimiter, nowMs: number): RateLimiter {
  const { raises, loweredMs, ratePerSecond } = limiter;
  const heldMs = nowMs - limiter.raisedMs;
  const waitMs =
    loweredMs === null
      ? raises === 0
        ? 0
        : 1_000
      : raises === 0
        ? limiter.holdMs
        : limiter.stride === roughStride
          ? 1_000
          : 2_000;
  if (heldMs < waitMs) return limiter;
  const factor =
    loweredMs === null
      ? climbFactor(raises)
      : 1 + Math.min(0.1, limiter.stride * 2 ** Math.floor(raises / 3));
  return {
    ...limiter,
    ratePerSecond: ratePerSecond * factor,
    beforeRaise: ratePerSecond,
    proven: raises === 0 && limiter.holdMs >= leastProofMs ? ratePerSecond : limiter.proven,
    raisedMs: nowMs,
    raises: raises + 1,
  };
}

/** Never refused: a quarter more at once, then by tenths, and in longer strides the further it goes well. */
function climbFactor(raises: number): number {
  return raises === 0 ? 1.25 : Math.min(1.3, 1.1 + 0.05 * Math.max(0, raises - 2));
}

function answeredPerSecond({ recent, sinceMs }: RateLimiter, nowMs: number): number {
  const spanMs = Math.max(500, Math.min(recentMs, nowMs - sinceMs));
  return (recent.reduce((sum, tick) => sum + tick.answered, 0) * 1_000) / spanMs;
}
