import type { Queryable } from "#db/client.ts";

/** Jobs of one lane that died of one reason lately. */
export interface OutOfTimeRow {
  lane: number;
  jobs: number;
  /** The newest, 20 at most. */
  jobIds: string[];
  firstMs: number;
  lastMs: number;
}

// Of the newest dead only, by their order: in a storm of deaths the rest are older anyway.
const read = `with newest as materialized (
    select id, lane, finished_at_ms, failure_class, reason from signalbox.dead
    where finished_at_ms > (select signalbox.now_ms()) - $1 order by finished_at_ms desc limit 5000)
  select lane, count(*)::int as jobs, (array_agg(id::text order by finished_at_ms desc, id desc))[1:20] as "jobIds",
    min(finished_at_ms)::float8 as "firstMs", max(finished_at_ms)::float8 as "lastMs"
  from newest where failure_class = 'timeout' and reason = $2 group by lane`;

/** Jobs that were given up within `spanMs` for `reason`, by lane; among the newest 5,000 that died. */
export async function readOutOfTime(db: Queryable, spanMs: number, reason: string): Promise<OutOfTimeRow[]> {
  const { rows } = await db.query({ name: "read-out-of-time", text: read, values: [spanMs, reason] });
  return rows as OutOfTimeRow[];
}
