import type { Queryable } from "#db/client.ts";

/**
 * How long calls of dependencies took over the past `spanMs`, by dependency: counts in the buckets of
 * core/metric/histogram.ts. A row a minute and dependency is read: to be asked seldom. Index: the primary key.
 */
export async function readUsualDurations(
  db: Queryable,
  dependencyIds: readonly number[],
  spanMs: number,
): Promise<Map<number, number[]>> {
  const { rows } = await db.query({
    name: "read-usual-durations",
    text: `select dependency_id as "dependencyId", array_agg(count order by bucket) as counts from (
        select m.dependency_id, u.bucket, sum(u.n)::int as count
        from signalbox.dependency_minutes m, unnest(m.durations) with ordinality u(n, bucket)
        where m.dependency_id = any($1::int[]) and m.at_ms >= (select signalbox.now_ms()) - $2
        group by m.dependency_id, u.bucket) s
      group by dependency_id`,
    values: [dependencyIds, spanMs],
  });
  return new Map(
    (rows as { dependencyId: number; counts: number[] }[]).map(({ dependencyId, counts }) => [
      dependencyId,
      counts,
    ]),
  );
}
