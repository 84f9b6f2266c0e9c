import type { Queryable } from "#db/client.ts";

export interface JobSample {
  ids: string[];
  /** True when every job of the window that failed is in it. */
  complete: boolean;
}

const slices = 32;
/** Attempts looked at in each slice: bounds the work whatever stands between the jobs wanted. */
const scannedEach = 1_500;
/** Slices with much give up to so many times their part where others have little. */
const spareFactor = 2;

/**
 * Up to about `limit` jobs of the lanes, submitted within the window, of which an attempt failed. From the first
 * such job to the last the window is cut into slices of equal time and each gives its first ones, so that no hour drowns
 * the others; by the primary key.
 */
export async function sampleFailedJobs(
  db: Queryable,
  wanted: { lanes: readonly number[]; fromMs: number; toMs: number; limit: number },
): Promise<JobSample> {
  const each = Math.ceil(wanted.limit / slices);
  const { rows } = await db.query({
    name: "sample-failed-jobs",
    text: `with span as materialized (
        select min(job_id) as first, max(job_id) - min(job_id) + 1 as ids from signalbox.attempts
        where job_id >= signalbox.first_id_at($2) and job_id < signalbox.first_id_at($3))
      select n::int as slice, s.id, s.scanned::int
      from span, generate_series(0, $4::bigint - 1) n cross join lateral (
        select b.id, b.scanned from (
          select a.id, a.number, a.lane, row_number() over () as scanned from (
            select job_id as id, number, lane from signalbox.attempts
            where job_id >= span.first + n * span.ids / $4::bigint and job_id < span.first + (n + 1) * span.ids / $4::bigint
            order by job_id, number limit $5) a) b
        where b.scanned = $5 or (b.number = 1 and b.lane = any($1)) limit $6) s`,
    values: [wanted.lanes, wanted.fromMs, wanted.toMs, slices, scannedEach, each * spareFactor],
  });
  return spread(rows as SampledRow[], each, wanted.limit);
}

interface SampledRow {
  slice: number;
  id: string;
  scanned: number;
}

function spread(rows: readonly SampledRow[], each: number, limit: number): JobSample {
  let complete = true;
  const taken: string[] = [];
  const spare: string[] = [];
  for (const slice of Map.groupBy(rows, (row) => row.slice).values()) {
    if (slice.length >= each * spareFactor || slice.some(({ scanned }) => scanned >= scannedEach))
      complete = false;
    const ids = slice.map(({ id }) => id);
    taken.push(...ids.slice(0, each));
    spare.push(...ids.slice(each));
  }
  const room = Math.max(0, limit - taken.length);
  return {
    ids: [...new Set([...taken.slice(0, limit), ...spare.slice(0, room)])],
    complete: complete && spare.length <= room,
  };
}
