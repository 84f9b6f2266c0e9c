import type { Queryable } from "#db/client.ts";

const minuteMs = 60_000;
/** Rows younger than this may still come in. */
const settleMs = 5_000;
/** So much time is summed by one statement at most: after a long absence the rest follows. */
const spanMs = 600_000;
const keepOutcomesMs = 600_000;
const keepMinutesMs = 30 * 86_400_000;

// array_agg of equally long arrays makes a two-dimensional one, which unnest flattens row by row: place modulo 24 is the bin.
const rollUp = `with done as materialized (
    select coalesce((select done_until_ms from signalbox.rollups where name = 'dependency_minutes'), 0) as first),
  span as (
    select first, least(signalbox.now_ms() - ${settleMs},
      (select min(at_ms) from signalbox.dependency_outcomes where at_ms >= first) + ${spanMs}) as last from done),
  rolled as (
    insert into signalbox.dependency_minutes as m
      (dependency_id, at_ms, succeeded, failed, refused, slow, first_starts, retry_starts, durations)
    select o.dependency_id, o.at_ms / ${minuteMs} * ${minuteMs}, sum(o.succeeded), sum(o.failed), sum(o.refused), sum(o.slow),
      sum(o.first_starts), sum(o.retry_starts),
      (select array_agg(total order by bin) from (
        select bin, sum(value)::int as total
        from unnest(array_agg(o.durations) filter (where o.durations is not null)) with ordinality as flat(value, place),
          lateral (select (place - 1) % 24 as bin) b group by bin) s)
    from span, signalbox.dependency_outcomes o join signalbox.dependencies d on d.id = o.dependency_id
    where o.at_ms >= span.first and o.at_ms < span.last
    group by 1, 2
    on conflict (dependency_id, at_ms) do update set
      succeeded = m.succeeded + excluded.succeeded, failed = m.failed + excluded.failed,
      refused = m.refused + excluded.refused, slow = m.slow + excluded.slow,
      first_starts = m.first_starts + excluded.first_starts, retry_starts = m.retry_starts + excluded.retry_starts,
      durations = (select array_agg(coalesce(was, 0) + coalesce(more, 0) order by place)
        from unnest(m.durations, excluded.durations) with ordinality as u(was, more, place))
    returning 1),
  progress as (
    insert into signalbox.rollups (name, done_until_ms) select 'dependency_minutes', last from span where last > first
    on conflict (name) do update set done_until_ms = excluded.done_until_ms)
  select count(*)::int as minutes from rolled`;

/**
 * Add what was reported since the last time to the minutes it fell into, each report once: how far it went moves in the same
 * transaction. Returns the minutes touched.
 */
export async function rollUpOutcomes(transaction: Queryable): Promise<number> {
  const { rows } = await transaction.query({ name: "roll-up-outcomes", text: rollUp });
  return (rows[0] as { minutes: number }).minutes;
}

/** Delete up to `limit` reports that are in their minutes and older than ten minutes, and as many minutes past their 30 days. */
export async function pruneOutcomes(transaction: Queryable, limit: number): Promise<number> {
  const outcomes = await transaction.query({
    name: "prune-outcomes",
    text: `delete from signalbox.dependency_outcomes where ctid = any(array(
      select ctid from signalbox.dependency_outcomes where at_ms < least((select signalbox.now_ms()) - ${keepOutcomesMs},
        coalesce((select done_until_ms from signalbox.rollups where name = 'dependency_minutes'), 0)) order by at_ms limit $1))`,
    values: [limit],
  });
  const minutes = await transaction.query({
    name: "prune-dependency-minutes",
    text: `delete from signalbox.dependency_minutes where ctid = any(array(
      select m.ctid from signalbox.dependencies d, lateral (select ctid from signalbox.dependency_minutes
        where dependency_id = d.id and at_ms < (select signalbox.now_ms()) - ${keepMinutesMs} order by at_ms limit 100) m limit $1))`,
    values: [limit],
  });
  return Math.max(outcomes.rowCount ?? 0, minutes.rowCount ?? 0);
}
