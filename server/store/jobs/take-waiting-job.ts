import type { Queryable } from "#db/client.ts";

/** Tables a waiting or ended job can be taken out of, with the state it had there. */
export type TakeablePlacement = "ready" | "scheduled" | "held" | "pending" | "dead" | "cancelled";

export interface TakenJob {
  state: "available" | "scheduled" | "retryable" | "held" | "pending" | "dead" | "cancelled";
  lane: number;
  rank: number;
  attempt: number;
  failures: number;
  losses: number;
  amended: boolean;
  runAtMs: number;
}

const full = `lane, class as rank, attempt, failures, losses, amended`;
// A ready row is found by its place in line. Most jobs became due when they were submitted, so a window after the
// id's own time is looked at first; the whole lane and class only when it is not there.
const near = "and run_at_ms between signalbox.id_ms($1) - 60000 and signalbox.id_ms($1) + 300000";
const fromReady = (window: string) => `with facts as (
    select coalesce(a.lane, j.lane) as lane, coalesce(a.class, j.class) as class from signalbox.jobs j
    left join lateral (select lane, class from signalbox.amendments where job_id = j.id order by revision desc limit 1) a on true
    where j.id = $1),
  found as materialized (
    select ctid as tid from signalbox.ready
    where lane = (select lane from facts) and class = (select class from facts) and id = $1 ${window} for update)
  delete from signalbox.ready where ctid = any(array(select tid from found))
  returning 'available' as state, ${full}, run_at_ms::float8 as "runAtMs"`;

const statements: Record<TakeablePlacement, string[]> = {
  ready: [fromReady(near), fromReady("")],
  scheduled: [
    `delete from signalbox.scheduled where id = $1
     returning case when retry then 'retryable' else 'scheduled' end as state, ${full}, run_at_ms::float8 as "runAtMs"`,
  ],
  held: [
    `delete from signalbox.held where id = $1 returning 'held' as state, ${full}, run_at_ms::float8 as "runAtMs"`,
  ],
  pending: [
    `delete from signalbox.pending where id = $1 returning 'pending' as state, lane, class as rank, 0 as attempt, 0 as failures,
       0 as losses, false as amended, coalesce(run_at_ms, signalbox.now_ms())::float8 as "runAtMs"`,
  ],
  dead: [
    `delete from signalbox.dead where id = $1 returning 'dead' as state, ${full}, finished_at_ms::float8 as "runAtMs"`,
  ],
  cancelled: [
    `delete from signalbox.cancelled where id = $1 returning 'cancelled' as state, ${full}, finished_at_ms::float8 as "runAtMs"`,
  ],
};

/** Take a job out of the first of the placements it stands in; null when it is in none of them. */
export async function takeWaitingJob(
  transaction: Queryable,
  jobId: string,
  placements: TakeablePlacement[],
): Promise<TakenJob | null> {
  for (const placement of placements) {
    for (const text of statements[placement]) {
      const { rows } = await transaction.query({ text, values: [jobId] });
      if (rows.length > 0) return rows[0] as TakenJob;
    }
  }
  return null;
}
