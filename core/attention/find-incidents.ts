/** The failures of one group by minute, oldest first; minutes without any are left out. */
export interface FailingGroup {
  fingerprint: string;
  class: string;
  origin: string;
  /** Name and message, for a reader. */
  title: string;
  dependency: string | null;
  queues: readonly string[];
  minutes: readonly { atMs: number; attempts: number; deaths: number }[];
  firstSeenMs: number;
  lastSeenMs: number;
}

/** What is failing now, as one thing: a dependency with all the ways it fails, or a single group. */
export interface Incident {
  /** Whose fault it may be; null where the data or our own code is at fault, whichever dependency said so. */
  dependency: string | null;
  /** Of the group that fails most. */
  class: string;
  origin: string;
  /** Since when it has failed without a pause of more than five minutes. */
  sinceMs: number;
  lastSeenMs: number;
  /** Attempts that failed since then, and jobs that died. */
  attempts: number;
  deaths: number;
  queues: string[];
  groups: { fingerprint: string; title: string; attempts: number }[];
}

const minuteMs = 60_000;
/** A pause longer than this ends a streak, ms. */
const pauseMs = 5 * minuteMs;
/** Fewer failures than this in the last five minutes are everyday, not an incident. */
const leastFailures = 5;
const groupsTold = 5;
/** Without a failure for so long it may be over, ms. */
const quietMs = 60_000;

/** Whether nothing of an incident has failed for a minute: it may be over. */
export function isQuiet({ lastSeenMs }: Pick<Incident, "lastSeenMs">, nowMs: number): boolean {
  return nowMs - lastSeenMs > quietMs;
}

/**
 * What fails now: groups that failed in the last five minutes, those of one dependency together, each since the start of
 * its unbroken streak, most failures first. Ordinary single failures are left out. Pure.
 */
export function findIncidents(groups: readonly FailingGroup[], nowMs: number): Incident[] {
  const streaks = groups.flatMap((group) => {
    const streak = streakOf(group, nowMs);
    return streak === null ? [] : [{ group, dependency: suspectOf(group), ...streak }];
  });
  const together = Map.groupBy(streaks, ({ group, dependency }) =>
    dependency === null ? `group ${group.fingerprint}` : `dependency ${dependency}`,
  );
  return [...together.values()]
    .filter((of) => of.reduce((sum, each) => sum + each.recent, 0) >= leastFailures)
    .map(toIncident)
    .sort((a, b) => b.attempts - a.attempts);
}

/** The dependency that a failure may be the fault of: one that refuses bad data, or that our code uses wrongly, is well. */
function suspectOf({ origin, dependency }: FailingGroup): string | null {
  return origin === "data" || origin === "code" ? null : dependency;
}

interface Streak {
  sinceMs: number;
  attempts: number;
  deaths: number;
  recent: number;
}

function streakOf(group: FailingGroup, nowMs: number): Streak | null {
  const streak: Streak = { sinceMs: nowMs, attempts: 0, deaths: 0, recent: 0 };
  for (const minute of [...group.minutes].reverse()) {
    // A bucket is named for its start: it may hold failures up to a minute later.
    if (streak.sinceMs - minute.atMs - minuteMs > pauseMs) break;
    streak.sinceMs = minute.atMs;
    streak.attempts += minute.attempts;
    streak.deaths += minute.deaths;
    if (minute.atMs > nowMs - pauseMs - minuteMs) streak.recent += minute.attempts;
  }
  if (streak.recent === 0) return null;
  return { ...streak, sinceMs: Math.max(streak.sinceMs, Math.min(group.firstSeenMs, nowMs)) };
}

function toIncident(of: ({ group: FailingGroup; dependency: string | null } & Streak)[]): Incident {
  const sorted = [...of].sort((a, b) => b.attempts - a.attempts);
  const [most] = sorted as [(typeof sorted)[number]];
  return {
    dependency: most.dependency,
    class: most.group.class,
    origin: most.group.origin,
    sinceMs: Math.min(...of.map((each) => each.sinceMs)),
    lastSeenMs: Math.max(...of.map((each) => each.group.lastSeenMs)),
    attempts: of.reduce((sum, each) => sum + each.attempts, 0),
    deaths: of.reduce((sum, each) => sum + each.deaths, 0),
    queues: [...new Set(of.flatMap((each) => each.group.queues))].sort(),
    groups: sorted.slice(0, groupsTold).map(({ group, attempts }) => ({
      fingerprint: group.fingerprint,
      title: group.title,
      attempts,
    })),
  };
}
