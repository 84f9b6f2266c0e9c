import type { Queryable } from "#db/client.ts";

export interface Completion {
  leaseId: string;
  jobId: string;
  attempt: number;
  startedAtMs: number;
  finishedAtMs: number;
  /** JSON text, null for none. */
  output: string | null;
}

// KEY SHARE on the lease rows lets heartbeats renew them meanwhile but not the reaper delete them; a fenced id was
// settled otherwise or taken away, and Postgres re-reads the row after waiting for whoever fenced it.
const complete = `with own as materialized (
  select id, fenced from signalbox.leases where id = any($1::bigint[]) and worker_id = $2 order by id for key share),
done as (
  insert into signalbox.completed (id, started_at_ms, finished_at_ms, worker_id, attempt, output)
  select i.id, i.started, i.finished, $2, i.attempt, i.output::json
  from unnest($3::bigint[], $4::bigint[], $5::int[], $6::bigint[], $7::bigint[], $8::text[])
    as i(lease, id, attempt, started, finished, output)
  join own on own.id = i.lease where i.id <> all(own.fenced)
  on conflict (id) do nothing returning 1),
closed as (
  delete from signalbox.leases where id = any($9::bigint[]) and worker_id = $2 and (select count(*) from done) >= 0)
select count(*)::int as accepted from done`;

const findAccepted = `select c.id from signalbox.completed c
  join unnest($1::bigint[], $2::int[]) as i(id, attempt) on c.id = i.id and c.attempt = i.attempt and c.worker_id = $3`;

/**
 * Record completions of the worker in one statement and drop the leases in `closedLeaseIds`. Returns the job ids
 * that were accepted: one whose lease was lost, fenced or already completed is not, and nothing of it is written.
 */
export async function completeAttempts(
  db: Queryable,
  workerId: string,
  completions: Completion[],
  closedLeaseIds: string[],
): Promise<"all" | Set<string>> {
  const { rows } = await db.query({
    name: "complete-attempts",
    text: complete,
    values: [
      [...new Set(completions.map((each) => each.leaseId))],
      workerId,
      completions.map((each) => each.leaseId),
      completions.map((each) => each.jobId),
      completions.map((each) => each.attempt),
      completions.map((each) => each.startedAtMs),
      completions.map((each) => each.finishedAtMs),
      completions.map((each) => each.output),
      closedLeaseIds,
    ],
    rowMode: "array",
  });
  if ((rows[0] as [number])[0] === completions.length) return "all";
  const found = await db.query({
    text: findAccepted,
    values: [completions.map((each) => each.jobId), completions.map((each) => each.attempt), workerId],
    rowMode: "array",
  });
  return new Set((found.rows as [string][]).map(([id]) => id));
}
