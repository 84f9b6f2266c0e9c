import type { Queryable } from "#db/client.ts";

/** One failed attempt of a group. */
export interface GroupSample {
  jobId: string;
  attempt: number;
  lane: number;
  version: number | null;
  outcome: string;
  finishedAtMs: number;
  host: string | null;
  workerId: string;
  /** First 300 characters. */
  message: string | null;
  /** What was decided of the job: retry or dead. */
  decision: string | null;
}

/** The failed attempts of the group's newest jobs, newest job first. */
export async function listGroupSamples(
  db: Queryable,
  fingerprint: string,
  limit: number,
): Promise<GroupSample[]> {
  const { rows } = await db.query({
    name: "list-group-samples",
    text: `select a.job_id as "jobId", a.number as attempt, a.lane, j.definition_version as version, a.outcome,
        a.finished_at_ms::float8 as "finishedAtMs", w.host, a.worker_id as "workerId",
        left(a.error->>'message', 300) as message, a.decision->>'kind' as decision
      from (select * from signalbox.attempts where fingerprint = $1 order by job_id desc limit $2) a
      left join lateral (select definition_version from signalbox.jobs where id = a.job_id limit 1) j on true
      left join signalbox.workers w on w.id = a.worker_id
      order by a.job_id desc, a.number desc`,
    values: [fingerprint, limit],
  });
  return rows as GroupSample[];
}
