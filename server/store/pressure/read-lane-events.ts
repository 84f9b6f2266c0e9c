import type { Queryable } from "#db/client.ts";

/** What was submitted to a lane and class, and how many attempts of it ended. */
export interface LaneEvents {
  lane: number;
  rank: number;
  submitted: number;
  ended: number;
}

/** The counts of the seconds from `fromMs` to before `untilMs`, for spans of seconds: metrics_1s by its index. */
export async function readLaneEvents(db: Queryable, fromMs: number, untilMs: number): Promise<LaneEvents[]> {
  const { rows } = await db.query({
    name: "read-lane-events",
    text: `select lane, class::int as rank, sum(submitted)::float8 as submitted,
        sum(completed + retried + died)::float8 as ended
      from signalbox.metrics_1s where at_ms >= $1 and at_ms < $2 group by lane, class`,
    values: [fromMs, untilMs],
  });
  return rows as LaneEvents[];
}
