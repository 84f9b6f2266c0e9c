import type { Queryable } from "#db/client.ts";

/**
 * Whether nothing of these lanes is in line, held, at work or waiting for its retry; jobs that are scheduled for later
 * or wait for other jobs do not count. The dear parts are asked only when the cheap ones found nothing.
 */
export async function isWorkedOff(db: Queryable, lanes: number[]): Promise<boolean> {
  const { rows } = await db.query({
    name: "is-worked-off",
    text: `select case
        when exists (select from signalbox.ready where lane = any($1)) then false
        when exists (select from signalbox.held where lane = any($1)) then false
        when exists (select from signalbox.scheduled where retry and lane = any($1)) then false
        else not exists (
          select from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
          cross join lateral (select lane from signalbox.jobs where id = u.id limit 1) j
          left join lateral (select lane from signalbox.amendments where job_id = u.id order by revision desc limit 1) a on true
          where u.id <> all(l.fenced) and coalesce(a.lane, j.lane) = any($1)
            and not exists (select from signalbox.completed c where c.id = u.id))
        end as off`,
    values: [lanes],
  });
  return (rows[0] as { off: boolean }).off;
}
