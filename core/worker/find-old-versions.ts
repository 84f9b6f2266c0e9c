/** A live worker as far as its version goes. */
export interface VersionedWorker {
  id: string;
  pool: string;
  version: string | null;
  startedAtMs: number;
}

/**
 * Workers that run another version than the newest of their pool: the one that most recently came to be used there,
 * judged by when the first live worker of each version started. Versions are compared by name only, since deployments
 * name them as they like. Returns each one's id with the newest version; workers that tell none are left out.
 */
export function findOldVersions(workers: readonly VersionedWorker[]): Map<string, string> {
  const old = new Map<string, string>();
  for (const group of Map.groupBy(workers, (worker) => worker.pool).values()) {
    const firstStart = new Map<string, number>();
    for (const { version, startedAtMs } of group) {
      if (version === null) continue;
      firstStart.set(version, Math.min(startedAtMs, firstStart.get(version) ?? Number.POSITIVE_INFINITY));
    }
    const newest = [...firstStart].sort((a, b) => b[1] - a[1])[0]?.[0];
    if (newest === undefined) continue;
    for (const { id, version } of group) if (version !== null && version !== newest) old.set(id, newest);
  }
  return old;
}
