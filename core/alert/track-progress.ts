/** What an attempt last reported, and since when. */
export interface SeenProgress {
  progress: number | null;
  claimedAtMs: number;
  movedAtMs: number;
}

/**
 * When the progress of each attempt last moved, from what was seen of it before. An attempt seen for the first time has
 * moved when it was claimed if it reports nothing, else now at the latest: progress is taken as a sign of life once.
 * Attempts that are no longer there are forgotten.
 */
export function trackProgress<
  Attempt extends { jobId: string; claimedAtMs: number; progress: number | null },
>(
  seen: Readonly<Record<string, SeenProgress>>,
  attempts: readonly Attempt[],
  nowMs: number,
): { attempts: (Attempt & { movedAtMs: number })[]; seen: Record<string, SeenProgress> } {
  const tracked = attempts.map((attempt) => {
    const before = seen[attempt.jobId];
    const known = before?.claimedAtMs === attempt.claimedAtMs ? before : undefined;
    const first = attempt.progress === null ? attempt.claimedAtMs : nowMs;
    const movedAtMs =
      known === undefined ? first : known.progress === attempt.progress ? known.movedAtMs : nowMs;
    return { ...attempt, movedAtMs };
  });
  const entries = tracked.map(({ jobId, progress, claimedAtMs, movedAtMs }) => [
    jobId,
    { progress, claimedAtMs, movedAtMs },
  ]);
  return { attempts: tracked, seen: Object.fromEntries(entries) };
}
