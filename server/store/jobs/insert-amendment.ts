import type { Queryable } from "#db/client.ts";

export interface Amendment {
  jobId: string;
  /** JSON text that replaces the payload; null keeps what was. */
  payload: string | null;
  /** Failures and losses up to this attempt no longer count. */
  failuresFrom: number;
  actor: string;
  reason: string | null;
}

/** Append an amendment of a job; what it does not change is carried over from the one before. */
export async function insertAmendment(transaction: Queryable, amendment: Amendment): Promise<void> {
  await transaction.query({
    text: `insert into signalbox.amendments (job_id, revision, lane, class, payload, failures_from, actor, reason)
      select $1, coalesce(max(revision), 0) + 1,
        (array_agg(lane order by revision desc))[1], (array_agg(class order by revision desc))[1],
        coalesce($2::json::text, (array_agg(payload::text order by revision desc))[1])::json, $3, $4, $5
      from signalbox.amendments where job_id = $1`,
    values: [amendment.jobId, amendment.payload, amendment.failuresFrom, amendment.actor, amendment.reason],
  });
}
