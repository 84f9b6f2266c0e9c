import type { Queryable } from "#db/client.ts";

export interface Amendment {
  jobId: string;
  /** JSON text that replaces the payload; null keeps what was. */
  payload: string | null;
  /** Failures and losses up to this attempt no longer count; null keeps what was. */
  failuresFrom: number | null;
  /** The lane it was moved to; absent keeps what was. */
  lane?: number;
  /** The version it runs by of the definition it was diverted to; absent keeps what was. */
  definitionVersion?: number;
  /** The class it was given; absent keeps what was. */
  rank?: number;
  actor: string;
  reason: string | null;
}

/** Append an amendment to each of these jobs; what one does not change is carried over from the one before. */
export async function insertAmendments(
  transaction: Queryable,
  amendments: readonly Amendment[],
): Promise<void> {
  await transaction.query({
    name: "insert-amendments",
    text: `insert into signalbox.amendments (job_id, revision, lane, class, payload, failures_from, actor, reason,
        definition_version)
      select n.job_id, coalesce(b.revision, 0) + 1, coalesce(n.lane, b.lane), coalesce(n.class, b.class),
        coalesce(n.payload, b.payload), coalesce(n.failures_from, b.failures_from, 0), n.actor, n.reason,
        coalesce(n.definition_version, b.definition_version)
      from unnest($1::bigint[], $2::json[], $3::int[], $4::text[], $5::text[], $6::int[], $7::int[], $8::int[])
        as n(job_id, payload, failures_from, actor, reason, lane, class, definition_version)
      left join lateral (
        select * from signalbox.amendments where job_id = n.job_id order by revision desc limit 1) b on true`,
    values: [
      amendments.map(({ jobId }) => jobId),
      amendments.map(({ payload }) => payload),
      amendments.map(({ failuresFrom }) => failuresFrom),
      amendments.map(({ actor }) => actor),
      amendments.map(({ reason }) => reason),
      amendments.map(({ lane }) => lane ?? null),
      amendments.map(({ rank }) => rank ?? null),
      amendments.map(({ definitionVersion }) => definitionVersion ?? null),
    ],
  });
}
