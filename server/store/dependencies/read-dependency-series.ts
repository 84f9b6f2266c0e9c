import type { Queryable } from "#db/client.ts";
import { sumDurations } from "./sum-durations.ts";

/** What calls of a dependency came to in one bucket of time; `durations` as in core/metric/histogram.ts. */
export interface DependencyBucket {
  atMs: number;
  succeeded: number;
  failed: number;
  refused: number;
  slow: number;
  firstStarts: number;
  retryStarts: number;
  durations: number[];
}

/** Minutes of a dependency by bucket, oldest first; buckets in which nothing was called are left out. Index: the primary key. */
export async function readDependencySeries(
  db: Queryable,
  dependencyId: number,
  { fromMs, toMs, bucketMs }: { fromMs: number; toMs: number; bucketMs: number },
): Promise<DependencyBucket[]> {
  const { rows } = await db.query({
    name: "read-dependency-series",
    text: `select (at_ms / $4 * $4)::float8 as "atMs", sum(succeeded)::float8 as succeeded, sum(failed)::float8 as failed,
        sum(refused)::float8 as refused, sum(slow)::float8 as slow, sum(first_starts)::float8 as "firstStarts",
        sum(retry_starts)::float8 as "retryStarts",
        ${sumDurations("durations")} as durations
      from signalbox.dependency_minutes where dependency_id = $1 and at_ms >= $2 and at_ms < $3
      group by 1 order by 1`,
    values: [dependencyId, fromMs, toMs, bucketMs],
  });
  return rows as DependencyBucket[];
}
