import type { Queryable } from "#db/client.ts";

export interface StoredCheckpoint {
  attempt: number;
  /** JSON text. */
  data: string;
  schemaVersion: number | null;
  /** JSON text. */
  artifacts: string | null;
  savedAtMs: number;
}

/** The newest checkpoint of a job, if it saved any. */
export async function findCheckpoint(db: Queryable, jobId: string): Promise<StoredCheckpoint | null> {
  const { rows } = await db.query({
    name: "find-checkpoint",
    text: `select attempt, data::text as data, schema_version as "schemaVersion", artifacts::text as artifacts,
        (extract(epoch from saved_at) * 1000)::float8 as "savedAtMs" from signalbox.checkpoints where job_id = $1`,
    values: [jobId],
  });
  return (rows[0] as StoredCheckpoint | undefined) ?? null;
}
