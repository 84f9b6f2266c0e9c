import type { AdmissionCause } from "#core/pressure/admit.ts";
import type { Queryable } from "#db/client.ts";

/** Submits of ten seconds to a queue that were refused, or accepted with a signal. */
export interface AdmissionCount {
  /** Start of the ten seconds. */
  atMs: number;
  queueId: number;
  cause: AdmissionCause;
  refused: number;
  signalled: number;
}

/** Add counts of one process to those there are; of a queue that is gone they are dropped. */
export async function countAdmissions(db: Queryable, counts: readonly AdmissionCount[]): Promise<void> {
  await db.query({
    name: "count-admissions",
    text: `insert into signalbox.admission_counts as c (at_ms, queue_id, cause, refused, signalled)
      select n.at_ms, n.queue_id, n.cause, n.refused, n.signalled
      from unnest($1::bigint[], $2::int[], $3::text[], $4::bigint[], $5::bigint[]) as n(at_ms, queue_id, cause, refused, signalled)
      where exists (select from signalbox.queues q where q.id = n.queue_id)
      -- One order for all processes, so that two never wait for each other.
      order by n.at_ms, n.queue_id, n.cause
      on conflict (at_ms, queue_id, cause) do update
        set refused = c.refused + excluded.refused, signalled = c.signalled + excluded.signalled`,
    values: [
      counts.map((each) => each.atMs),
      counts.map((each) => each.queueId),
      counts.map((each) => each.cause),
      counts.map((each) => each.refused),
      counts.map((each) => each.signalled),
    ],
  });
}
