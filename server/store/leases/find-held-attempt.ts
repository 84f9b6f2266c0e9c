import type { Queryable } from "#db/client.ts";

export interface HeldAttempt {
  claimedAtMs: number;
  lane: number;
  rank: number;
  definitionVersion: number;
}

/** An attempt that is still the worker's by this lease; null when it was settled, taken away or never its. Not locked. */
export async function findHeldAttempt(
  db: Queryable,
  attempt: { leaseId: string; workerId: string; jobId: string },
): Promise<HeldAttempt | null> {
  const { rows } = await db.query({
    name: "find-held-attempt",
    text: `select l.claimed_at_ms::float8 as "claimedAtMs", coalesce(a.lane, j.lane) as lane, coalesce(a.class, j.class) as rank,
        coalesce(a.definition_version, j.definition_version) as "definitionVersion"
      from signalbox.leases l join signalbox.jobs j on j.id = $3
      left join lateral (
        select lane, class, definition_version from signalbox.amendments where job_id = j.id order by revision desc limit 1) a on true
      where l.id = $1 and l.worker_id = $2 and $3 = any(l.ids) and $3 <> all(l.fenced)
        and not exists (select from signalbox.completed where id = $3)`,
    values: [attempt.leaseId, attempt.workerId, attempt.jobId],
  });
  return (rows[0] as HeldAttempt | undefined) ?? null;
}
