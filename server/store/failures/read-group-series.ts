import type { Queryable } from "#db/client.ts";

/** Failures of a group in one bucket, in one lane and version. */
export interface GroupBucket {
  fingerprint: string;
  atMs: number;
  lane: number;
  version: number;
  attempts: number;
  deaths: number;
}

export interface GroupSeriesRange {
  grainMs: number;
  /** A multiple of the grain. */
  bucketMs: number;
  fromMs: number;
}

/** Failures of groups by bucket, counted from `fromMs`; buckets without any are left out. `split` keeps lanes and versions apart. */
export async function readGroupSeries(
  db: Queryable,
  fingerprints: readonly string[],
  range: GroupSeriesRange,
  split = false,
): Promise<GroupBucket[]> {
  const [table, apart] = split ? ["failure_counts", "lane, version"] : ["failure_totals", "0, 0"];
  const { rows } = await db.query({
    name: split ? "read-group-series-split" : "read-group-series",
    text: `select fingerprint, ($3 + (at_ms - $3) / $4 * $4)::float8 as "atMs", ${apart.replace(", ", " as lane, ")} as version,
        sum(attempts)::float8 as attempts, sum(deaths)::float8 as deaths
      from signalbox.${table} where fingerprint = any($1) and grain_ms = $2 and at_ms >= $3::bigint
      group by 1, 2, 3, 4 order by 2`,
    values: [fingerprints, range.grainMs, range.fromMs, range.bucketMs],
  });
  return rows as GroupBucket[];
}
