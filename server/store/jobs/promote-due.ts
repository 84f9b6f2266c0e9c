import type { Queryable } from "#db/client.ts";

export interface Promotion {
  moved: number;
  /** Lanes that got work. */
  lanes: number[];
  /** Until the next job falls due, ms; null when none is scheduled. */
  nextInMs: number | null;
}

/** Move up to `limit` due jobs from scheduled to ready, oldest first. */
export async function promoteDue(db: Queryable, limit: number): Promise<Promotion> {
  // A sub-select is evaluated once; a volatile function in the condition itself could not use the index.
  const { rows } = await db.query({
    name: "promote-due",
    text: `with due as materialized (
        select ctid as tid from signalbox.scheduled where run_at_ms <= (select signalbox.now_ms())
        order by run_at_ms, id limit $1 for update skip locked),
      gone as (
        delete from signalbox.scheduled where ctid = any(array(select tid from due))
        returning run_at_ms, id, lane, attempt, class, failures, losses, amended),
      moved as (
        insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses, amended)
        select run_at_ms, id, lane, attempt, class, failures, losses, amended from gone)
      select count(*)::int as moved, coalesce(array_agg(distinct lane), '{}') as lanes,
        (select run_at_ms - signalbox.now_ms() from signalbox.scheduled where run_at_ms > (select signalbox.now_ms())
          order by run_at_ms, id limit 1)::float8 as "nextInMs"
      from gone`,
    values: [limit],
  });
  return rows[0] as Promotion;
}
