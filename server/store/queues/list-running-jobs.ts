import type { Queryable } from "#db/client.ts";

/** Ids of up to `limit` jobs of these lanes that run now, the newest first. */
export async function listRunningJobs(db: Queryable, lanes: number[], limit: number): Promise<string[]> {
  const { rows } = await db.query({
    name: "list-running-jobs",
    text: `select u.id::text as id from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
      cross join lateral (select lane from signalbox.jobs where id = u.id limit 1) j
      left join lateral (select lane from signalbox.amendments where job_id = u.id order by revision desc limit 1) a on true
      where u.id <> all(l.fenced) and coalesce(a.lane, j.lane) = any($1)
        and not exists (select from signalbox.completed c where c.id = u.id)
      order by u.id desc limit $2`,
    values: [lanes, limit],
  });
  return (rows as { id: string }[]).map((row) => row.id);
}
