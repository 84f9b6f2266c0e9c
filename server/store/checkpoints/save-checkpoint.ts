import type { Queryable } from "#db/client.ts";

export interface NewCheckpoint {
  leaseId: string;
  workerId: string;
  jobId: string;
  attempt: number;
  /** JSON text. */
  data: string;
  schemaVersion: number | null;
  /** JSON text, null for none. */
  artifacts: string | null;
}

/** Keep the newest checkpoint of a running attempt; false, and nothing written, when its lease was lost. */
export async function saveCheckpoint(db: Queryable, checkpoint: NewCheckpoint): Promise<boolean> {
  const { rowCount } = await db.query({
    name: "save-checkpoint",
    text: `with own as (
        select id from signalbox.leases where id = $1 and worker_id = $2 and $3 = any(ids) and $3 <> all(fenced)
          and not exists (select from signalbox.completed where id = $3) for key share)
      insert into signalbox.checkpoints (job_id, attempt, data, schema_version, artifacts)
      select $3, $4, $5::json, $6, $7::json from own
      on conflict (job_id) do update set attempt = excluded.attempt, data = excluded.data,
        schema_version = excluded.schema_version, artifacts = excluded.artifacts, saved_at = clock_timestamp()`,
    values: [
      checkpoint.leaseId,
      checkpoint.workerId,
      checkpoint.jobId,
      checkpoint.attempt,
      checkpoint.data,
      checkpoint.schemaVersion,
      checkpoint.artifacts,
    ],
  });
  return rowCount === 1;
}
