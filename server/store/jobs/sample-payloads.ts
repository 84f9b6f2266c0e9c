import type { Queryable } from "#db/client.ts";

/** Most jobs that are looked at. */
const sampled = 3_000;
/** Larger payloads are left out, bytes. */
const largest = 4_096;

export interface SampledPayload {
  lane: number;
  /** JSON text. */
  payload: string;
}

/** Payloads of the newest jobs of these lanes, or of all; for the completion of keys and values. */
export async function samplePayloads(db: Queryable, lanes: number[] | null): Promise<SampledPayload[]> {
  const newest = (where: string, limit: string) =>
    `select id, lane, payload from signalbox.jobs where ${where} order by id desc limit ${limit}`;
  const { rows } = await db.query({
    name: lanes ? "sample-payloads-lanes" : "sample-payloads",
    text: lanes
      ? `select j.lane, j.payload from unnest($1::int[]) l(lane) cross join lateral (
          ${newest("lane = l.lane", "greatest(50, $2 / cardinality($1::int[]))")}) j
        where octet_length(j.payload::text) <= $3 limit $2`
      : `select lane, payload from (${newest("true", "$1")}) j where octet_length(payload::text) <= $2`,
    values: lanes ? [lanes, sampled, largest] : [sampled, largest],
  });
  return rows as SampledPayload[];
}
