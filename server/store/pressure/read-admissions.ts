import type { AdmissionCause } from "#core/pressure/admit.ts";
import type { Queryable } from "#db/client.ts";

/** Submits to a queue that were refused, or accepted with a signal, for one cause. */
export interface QueueAdmissions {
  queueId: number;
  cause: AdmissionCause;
  refused: number;
  signalled: number;
}

/**
 * From `fromMs` to before `untilMs`, by queue and cause; of one queue when it is given. Kept for a day, in buckets of
 * ten seconds: at most 8,640 rows a queue and cause.
 */
export async function readAdmissions(
  db: Queryable,
  { fromMs, untilMs, queueId = null }: { fromMs: number; untilMs: number; queueId?: number | null },
): Promise<QueueAdmissions[]> {
  const { rows } = await db.query({
    name: "read-admissions",
    text: `select queue_id as "queueId", cause, sum(refused)::float8 as refused, sum(signalled)::float8 as signalled
      from signalbox.admission_counts
      where at_ms >= $1 and at_ms < $2 and ($3::int is null or queue_id = $3) group by queue_id, cause`,
    values: [Math.floor(fromMs), Math.floor(untilMs), queueId],
  });
  return rows as QueueAdmissions[];
}
