import type { Queryable } from "#db/client.ts";

export interface LateWorkRow {
  kind: "limits" | "due";
  jobs: number;
  oldestMs: number;
  jobId: string;
}

// Both by the head of an index; a retry may wait for its budget beyond its due time, and is no one's neglect.
const read = `with moment as materialized (select signalbox.now_ms() - $1 as ms),
  limits as materialized (
    select job_id, deadline_ms as at_ms from signalbox.deadlines where deadline_ms < (select ms from moment)
    order by deadline_ms limit 1000),
  due as materialized (
    select id as job_id, run_at_ms as at_ms from (
      select id, run_at_ms, retry from signalbox.scheduled where run_at_ms < (select ms from moment)
      order by run_at_ms, id limit 5000) s where not retry)
  select kind, count(*)::int as jobs, min(at_ms)::float8 as "oldestMs",
    (array_agg(job_id order by at_ms, job_id))[1]::text as "jobId"
  from (select 'limits' as kind, * from limits union all select 'due', * from due) l group by kind`;

/** What the dispatcher should have done at least `overMs` ago: whole-job limits to end, due jobs to put in line; counted up to a bound. */
export async function readLateWork(db: Queryable, overMs: number): Promise<LateWorkRow[]> {
  const { rows } = await db.query({ name: "read-late-work", text: read, values: [overMs] });
  return rows as LateWorkRow[];
}
