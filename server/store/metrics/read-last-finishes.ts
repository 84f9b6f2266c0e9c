import type { Queryable } from "#db/client.ts";

// From the newest: seconds that are in no ten yet, tens that are in no minute yet, then minutes of each lane backwards by
// its index until one has something, two hours at most (120 minutes × classes rows of a lane in which nothing ever ends).
const read = `with marks as materialized (
    select coalesce(max(done_until_ms) filter (where name = 'metrics_10s'), 0) as tens,
      coalesce(max(done_until_ms) filter (where name = 'metrics_1m'), 0) as minutes, signalbox.now_ms() as now_ms
    from signalbox.rollups),
  recent as materialized (
    select lane, max(at_ms) as at_ms from (
      select lane, at_ms + 1000 as at_ms from signalbox.metrics_1s
        where at_ms >= (select greatest(tens, minutes, now_ms - 600000) from marks)
          and lane = any($1) and completed + retried + died > 0
      union all
      select lane, at_ms + 10000 from signalbox.metrics_10s
        where at_ms >= (select greatest(minutes, now_ms - 3600000) from marks) and at_ms < (select tens from marks)
          and lane = any($1) and completed + retried + died > 0) r
    group by lane)
  select l.lane, least(coalesce(r.at_ms, m.at_ms), (select now_ms from marks))::float8 as "atMs"
  from unnest($1::integer[]) as l(lane) left join recent r on r.lane = l.lane
  left join lateral (select m.at_ms + 60000 as at_ms from signalbox.metrics_1m m
    where r.at_ms is null and m.lane = l.lane and m.at_ms >= (select now_ms - 7200000 from marks)
      and m.completed + m.retried + m.died > 0 order by m.at_ms desc limit 1) m on true
  where coalesce(r.at_ms, m.at_ms) is not null`;

/**
 * When an attempt last ended in each lane, however it did, ms since 1970: the end of the second, ten seconds or minute in
 * which it was counted. Lanes in which none ended for two hours are left out.
 */
export async function readLastFinishes(
  db: Queryable,
  lanes: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await db.query({ name: "read-last-finishes", text: read, values: [lanes] });
  return new Map((rows as { lane: number; atMs: number }[]).map(({ lane, atMs }) => [lane, atMs]));
}
