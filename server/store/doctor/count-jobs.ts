import type { Queryable } from "#db/client.ts";

/** How many jobs there are in each placement, counted in one snapshot. */
export interface JobCounts {
  submitted: number;
  pending: number;
  /** First run in the future. */
  scheduled: number;
  /** Waiting out a backoff. */
  retryable: number;
  /** In line. */
  ready: number;
  held: number;
  running: number;
  completed: number;
  dead: number;
  cancelled: number;
}

// A job completed under a lease that still stands, because others of its batch run, is completed.
const count = `with open as (
    select u.id from signalbox.leases l cross join lateral unnest(l.ids) as u(id) where u.id <> all(l.fenced))
  select (select count(*) from signalbox.jobs)::float8 as submitted,
    (select count(*) from signalbox.pending)::float8 as pending,
    (select count(*) from signalbox.scheduled where not retry)::float8 as scheduled,
    (select count(*) from signalbox.scheduled where retry)::float8 as retryable,
    (select count(*) from signalbox.ready)::float8 as ready,
    (select count(*) from signalbox.held)::float8 as held,
    (select count(*) from open where not exists (select from signalbox.completed c where c.id = open.id))::float8 as running,
    (select count(*) from signalbox.completed)::float8 as completed,
    (select count(*) from signalbox.dead)::float8 as dead,
    (select count(*) from signalbox.cancelled)::float8 as cancelled`;

/** Counts every job, exactly. Reads whole tables, so it takes seconds at millions: for `signalbox doctor` alone. */
export async function countJobs(db: Queryable): Promise<JobCounts> {
  const { rows } = await db.query({ text: count });
  return rows[0] as JobCounts;
}
