import type { Queryable } from "#db/client.ts";
import type { LockedJob } from "./lock-held-jobs.ts";

/** Note where diverted jobs came from; of one that is diverted again the last counts. */
export async function insertDiversions(
  transaction: Queryable,
  { eventId, toLane, jobs }: { eventId: number; toLane: number; jobs: readonly LockedJob[] },
): Promise<void> {
  await transaction.query({
    name: "insert-diversions",
    text: `insert into signalbox.diversions (event_id, to_lane, job_id, from_lane, from_version, class, run_at_ms)
      select $1, $2, * from unnest($3::bigint[], $4::int[], $5::int[], $6::smallint[], $7::bigint[])
      on conflict (job_id) do update set event_id = excluded.event_id, to_lane = excluded.to_lane, from_lane = excluded.from_lane,
        from_version = excluded.from_version, class = excluded.class, run_at_ms = excluded.run_at_ms, at_ms = excluded.at_ms`,
    values: [
      eventId,
      toLane,
      jobs.map(({ id }) => id),
      jobs.map(({ lane }) => lane),
      jobs.map(({ version }) => version),
      jobs.map(({ rank }) => rank),
      jobs.map(({ runAtMs }) => runAtMs),
    ],
  });
}
