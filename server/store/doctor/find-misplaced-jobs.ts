import type { Queryable } from "#db/client.ts";

/** A job that is in no placement, or in more than one. */
export interface MisplacedJob {
  id: string;
  placements: string[];
}

export interface PlacementCheck {
  /** Jobs looked at, the newest. */
  examined: number;
  misplaced: MisplacedJob[];
}

const longestList = 100;

// One snapshot for all: a job that moves meanwhile is seen before or after, never between. Placements that are small
// by nature are read whole; completed is asked by key.
const find = `with newest as materialized (select id from signalbox.jobs order by id desc limit $1),
  floor as (select coalesce(min(id), 0) as id from newest),
  open as (
    select u.id from signalbox.leases l cross join lateral unnest(l.ids) as u(id)
    where u.id <> all(l.fenced) and not exists (select from signalbox.completed c where c.id = u.id)),
  place(id, name) as (
    select id, 'pending' from signalbox.pending where id >= (select id from floor)
    union all select id, 'scheduled' from signalbox.scheduled where id >= (select id from floor)
    union all select id, 'ready' from signalbox.ready where id >= (select id from floor)
    union all select id, 'held' from signalbox.held where id >= (select id from floor)
    union all select id, 'running' from open where id >= (select id from floor)
    union all select id, 'completed' from signalbox.completed where id >= (select id from floor)
    union all select id, 'dead' from signalbox.dead where id >= (select id from floor)
    union all select id, 'cancelled' from signalbox.cancelled where id >= (select id from floor)),
  judged as (
    select coalesce(n.id, p.id) as id, count(p.name) as places, count(n.id) as known,
      array_agg(p.name order by p.name) filter (where p.name is not null) as names
    from newest n full join place p on p.id = n.id group by coalesce(n.id, p.id))
  select (select count(*) from newest)::float8 as examined,
    coalesce((select json_agg(json_build_object('id', id::text, 'placements', coalesce(names, '{}'))) from (
      select id, names from judged where places <> 1 or known = 0 order by id desc limit ${longestList}) worst), '[]')::text as misplaced`;

/**
 * The jobs among the newest `limit` that are in no placement or in several, and placements of jobs that do not exist;
 * at most 100 of them. Exact for those examined; for `signalbox doctor` alone.
 */
export async function findMisplacedJobs(db: Queryable, limit: number): Promise<PlacementCheck> {
  const { rows } = await db.query({ text: find, values: [limit] });
  const row = rows[0] as { examined: number; misplaced: string };
  return { examined: row.examined, misplaced: JSON.parse(row.misplaced) };
}
