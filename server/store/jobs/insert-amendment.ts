import type { Queryable } from "#db/client.ts";

export interface Amendment {
  jobId: string;
  /** JSON text that replaces the payload; null keeps what was. */
  payload: string | null;
  /** Failures and losses up to this attempt no longer count; null keeps what was. */
  failuresFrom: number | null;
  /** The lane it was moved to; absent keeps what was. */
  lane?: number;
  /** The class it was given; absent keeps what was. */
  rank?: number;
  actor: string;
  reason: string | null;
}

/** Append an amendment of a job; what it does not change is carried over from the one before. */
export async function insertAmendment(transaction: Queryable, amendment: Amendment): Promise<void> {
  await transaction.query({
    name: "insert-amendment",
    text: `insert into signalbox.amendments (job_id, revision, lane, class, payload, failures_from, actor, reason)
      select $1, coalesce(max(revision), 0) + 1,
        coalesce($6, (array_agg(lane order by revision desc))[1]), coalesce($7, (array_agg(class order by revision desc))[1]),
        coalesce($2::json::text, (array_agg(payload::text order by revision desc))[1])::json,
        coalesce($3, (array_agg(failures_from order by revision desc))[1], 0), $4, $5
      from signalbox.amendments where job_id = $1`,
    values: [
      amendment.jobId,
      amendment.payload,
      amendment.failuresFrom,
      amendment.actor,
      amendment.reason,
      amendment.lane ?? null,
      amendment.rank ?? null,
    ],
  });
}
