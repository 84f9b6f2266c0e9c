import type { Queryable } from "#db/client.ts";

/** Which end a job has reached; `null` while it has not, `missing` when there is no such job. */
export async function findEndedState(
  db: Queryable,
  jobId: string,
): Promise<"completed" | "dead" | "cancelled" | "missing" | null> {
  const { rows } = await db.query({
    name: "find-ended-state",
    text: `select case
        when exists (select from signalbox.completed where id = $1) then 'completed'
        when exists (select from signalbox.dead where id = $1) then 'dead'
        when exists (select from signalbox.cancelled where id = $1) then 'cancelled'
        when not exists (select from signalbox.jobs where id = $1) then 'missing'
      end as state`,
    values: [jobId],
  });
  return (rows[0] as { state: "completed" | "dead" | "cancelled" | "missing" | null }).state;
}
