import type { Queryable } from "#db/client.ts";

export interface PayloadRevision {
  /** 0 is what the job was submitted with. */
  revision: number;
  /** JSON text. */
  payload: string;
  actor: string | null;
  reason: string | null;
  atMs: number;
}

/** The payloads a job has had, oldest first: the first, and at most the newest `limit` that replaced it. */
export async function loadPayloadRevisions(
  db: Queryable,
  jobId: string,
  limit: number,
): Promise<PayloadRevision[]> {
  const { rows } = await db.query({
    name: "load-payload-revisions",
    text: `select 0 as revision, payload::text as payload, submitted_by as actor, null as reason, signalbox.id_ms(id)::float8 as "atMs"
      from signalbox.jobs where id = $1
      union all
      (select revision, payload::text, actor, reason, (extract(epoch from created_at) * 1000)::float8
      from signalbox.amendments where job_id = $1 and payload is not null order by revision desc limit $2)
      order by revision`,
    values: [jobId, limit],
  });
  // An amendment carries on the payload of the one before.
  return (rows as PayloadRevision[]).filter((row, at, all) => row.payload !== all[at - 1]?.payload);
}
