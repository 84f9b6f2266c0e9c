import type { Queryable } from "#db/client.ts";

/** What a claimed job carries beside its facts: what replaced its payload or its definition, and its last checkpoint. */
export interface Resumption {
  jobId: string;
  /** JSON text; null: the payload it was submitted with. */
  payload: string | null;
  /** The version it runs by of the definition it was diverted to; null: the one it was submitted with. */
  definitionVersion: number | null;
  checkpoint: { data: unknown; schemaVersion: number | null; artifacts: unknown } | null;
}

/** Resumptions of the given jobs; those with none of it are left out. */
export async function loadResumptions(db: Queryable, jobIds: string[]): Promise<Resumption[]> {
  const { rows } = await db.query({
    name: "load-resumptions",
    text: `select i.id as "jobId", a.payload, a.definition_version as "definitionVersion", c.data, c.schema_version as "schemaVersion", c.artifacts, c.job_id is not null as saved
      from unnest($1::bigint[]) as i(id)
      left join lateral (select payload, definition_version from signalbox.amendments where job_id = i.id order by revision desc limit 1) a on true
      left join signalbox.checkpoints c on c.job_id = i.id
      where a.payload is not null or a.definition_version is not null or c.job_id is not null`,
    values: [jobIds],
  });
  type Row = {
    jobId: string;
    payload: string | null;
    definitionVersion: number | null;
    data: string;
    schemaVersion: number | null;
    artifacts: string | null;
    saved: boolean;
  };
  return (rows as Row[]).map((row) => ({
    jobId: row.jobId,
    payload: row.payload,
    definitionVersion: row.definitionVersion,
    checkpoint: row.saved
      ? {
          data: JSON.parse(row.data),
          schemaVersion: row.schemaVersion,
          artifacts: row.artifacts === null ? null : JSON.parse(row.artifacts),
        }
      : null,
  }));
}
