/** Where a group stands with the operators. Only open ones ask for attention. */
export const failureGroupStates = ["open", "resolved", "ignored"] as const;
export type FailureGroupState = (typeof failureGroupStates)[number];

/** Mended, as somebody says: by a version of one definition, or plainly (`inVersion` null). */
export interface Resolution {
  state: "resolved";
  atMs: number;
  inVersion: { definition: string; version: number } | null;
}

/** Out of sight until a time, until so many more failures, or until there are more than so many a minute. */
export type IgnoreBound =
  | { kind: "time"; untilMs: number }
  | { kind: "count"; more: number }
  | { kind: "rate"; perMinute: number };

/** Put out of sight by somebody, up to a bound. `attemptsThen` is how many failures the group had. */
export interface Ignoring {
  state: "ignored";
  atMs: number;
  attemptsThen: number;
  bound: IgnoreBound;
}

/** What came in of a group since it was last looked at, for one definition and version. */
export interface FreshFailures {
  definition: string;
  version: number;
  attempts: number;
  /** Start of the latest of them, ms since 1970: an attempt that ran already at the resolution says nothing of it. */
  lastStartedAtMs: number;
}

/** Everything the decision rests on. */
export interface GroupFacts {
  standing: Resolution | Ignoring;
  fresh: readonly FreshFailures[];
  /** Failures of the group in all, the fresh ones included. */
  attempts: number;
  /** Failures in the fullest of the minutes the fresh ones fell into. */
  mostPerMinute: number;
  nowMs: number;
}

/** Whether a group that was put away opens again, and why in words. */
export type GroupDecision = { kind: "stay" } | { kind: "reopen"; because: string };

const stay: GroupDecision = { kind: "stay" };
const reopen = (because: string): GroupDecision => ({ kind: "reopen", because });

/**
 * Decide whether a resolved or ignored group opens by itself. A resolution ends with the first failure of an attempt
 * that began after it; one that names a version of a definition forgives older versions of that definition, whenever
 * they run. An ignoring ends when its bound is passed: a time by itself, a count or a rate with the failure that
 * exceeds it. Pure.
 */
export function decideGroupState(facts: GroupFacts): GroupDecision {
  const { standing } = facts;
  return standing.state === "resolved"
    ? decideResolved(standing, facts.fresh)
    : decideIgnored(standing, facts);
}

function decideResolved({ atMs, inVersion }: Resolution, fresh: readonly FreshFailures[]): GroupDecision {
  const back = fresh.find(
    ({ definition, version, attempts, lastStartedAtMs }) =>
      attempts > 0 &&
      lastStartedAtMs > atMs &&
      !(inVersion !== null && definition === inVersion.definition && version < inVersion.version),
  );
  if (back === undefined) return stay;
  const where = `${back.definition} version ${back.version}`;
  return reopen(
    inVersion === null
      ? `failed again in ${where} after it was resolved`
      : `failed in ${where}; it was resolved in ${inVersion.definition} version ${inVersion.version}`,
  );
}

function decideIgnored(
  { attemptsThen, bound }: Ignoring,
  { attempts, mostPerMinute, nowMs }: GroupFacts,
): GroupDecision {
  switch (bound.kind) {
    case "time":
      return nowMs >= bound.untilMs ? reopen("the time up to which it was ignored has come") : stay;
    case "count": {
      const since = attempts - attemptsThen;
      return since >= bound.more
        ? reopen(`failed ${since} times since it was ignored; the bound was ${bound.more}`)
        : stay;
    }
    case "rate":
      return mostPerMinute > bound.perMinute
        ? reopen(`failed ${mostPerMinute} times in a minute; the bound was ${bound.perMinute}`)
        : stay;
  }
}
