import type { Queryable } from "#db/client.ts";

/** Jobs that stand because of a group. `…AtLeast` says that counting stopped at its limit. */
export interface GroupJobs {
  fingerprint: string;
  dead: number;
  deadAtLeast: boolean;
  /** Waiting out a backoff after a failure of the group; among its newest jobs. */
  retrying: number;
  retryingAtLeast: boolean;
}

/** Dead jobs and waiting retries of groups, each counted up to its limit: index look-ups, never the whole of a group. */
export async function countGroupJobs(
  db: Queryable,
  fingerprints: readonly string[],
  limits: { dead: number; retrying: number },
): Promise<GroupJobs[]> {
  const { rows } = await db.query({
    name: "count-group-jobs",
    text: `select f.fingerprint, least(d.jobs, $2)::int as dead, d.jobs > $2 as "deadAtLeast",
        r.waiting::int as retrying, r.looked >= $3 as "retryingAtLeast"
      from unnest($1::text[]) as f(fingerprint)
      cross join lateral (select count(*) as jobs from (
        select from signalbox.dead where fingerprint = f.fingerprint and discarded_at is null limit $2 + 1) l) d
      cross join lateral (select count(*) as looked, count(s.id) as waiting from (
        select distinct job_id from (
          select job_id from signalbox.attempts where fingerprint = f.fingerprint order by job_id desc limit $3) n) a
        left join lateral (select id from signalbox.scheduled where id = a.job_id and retry limit 1) s on true) r`,
    values: [fingerprints, limits.dead, limits.retrying],
  });
  return rows as GroupJobs[];
}
