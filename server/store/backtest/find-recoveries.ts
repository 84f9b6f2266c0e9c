import type { Queryable } from "#db/client.ts";

/** The last attempt of a dead job. */
export interface LastAttempt {
  lane: number;
  startedAtMs: number;
}

const minuteMs = 60_000;
/** Recoveries later than this are not looked for: no policy waits for so long. */
const horizonMs = 86_400_000;

/**
 * For each last attempt when its lane worked again: the first later minute, within a day, in which most attempts
 * succeeded. null when there is none yet, and when most succeeded in the very minute in which this attempt failed: then
 * the fault is the job's own.
 */
export async function findRecoveries(
  db: Queryable,
  lasts: readonly LastAttempt[],
): Promise<(number | null)[]> {
  const minuteOf = (last: LastAttempt) => Math.floor(last.startedAtMs / minuteMs) * minuteMs;
  const asked = new Map(lasts.map((last) => [`${last.lane} ${minuteOf(last)}`, last]));
  const { rows } = await db.query({
    name: "find-recoveries",
    text: `with mark as materialized (
        select coalesce(max(done_until_ms), 0) as minutes from signalbox.rollups where name = 'metrics_1m'),
      recent as materialized (
        select lane, at_ms / ${minuteMs} * ${minuteMs} as at_ms, sum(completed) > sum(retried + died) as works
        from signalbox.metrics_10s where at_ms >= (select minutes from mark) and lane = any($1) group by 1, 2)
      select a.lane, a.minute::float8 as minute, later.at_ms::float8 as "recoveredAtMs"
      from unnest($1::int[], $2::bigint[]) a(lane, minute)
      cross join lateral (
        select coalesce(
          (select at_ms from signalbox.metrics_1m m
            where m.lane = a.lane and m.at_ms > a.minute and m.at_ms <= a.minute + ${horizonMs} and m.at_ms < (select minutes from mark)
            group by at_ms having sum(completed) > sum(retried + died) order by at_ms limit 1),
          (select min(at_ms) from recent r
            where r.lane = a.lane and r.works and r.at_ms > a.minute and r.at_ms <= a.minute + ${horizonMs})) as at_ms) later
      where later.at_ms is not null
        and not exists (select from recent r where r.lane = a.lane and r.at_ms = a.minute and r.works)
        and not exists (select from signalbox.metrics_1m m
          where m.lane = a.lane and m.at_ms = a.minute and m.at_ms < (select minutes from mark)
          having sum(completed) > sum(retried + died))`,
    values: [[...asked.values()].map(({ lane }) => lane), [...asked.values()].map(minuteOf)],
  });
  const found = new Map(
    (rows as { lane: number; minute: number; recoveredAtMs: number }[]).map(
      ({ lane, minute, recoveredAtMs }) => [`${lane} ${minute}`, recoveredAtMs],
    ),
  );
  return lasts.map((last) => found.get(`${last.lane} ${minuteOf(last)}`) ?? null);
}
