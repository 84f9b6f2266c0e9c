import type { Queryable } from "#db/client.ts";

/** Definition and version a job was submitted with; null when there is no such job. */
export async function findDefinitionVersion(
  db: Queryable,
  jobId: string,
): Promise<{ definitionId: number; version: number } | null> {
  const { rows } = await db.query({
    text: `select l.definition_id as "definitionId", j.definition_version as version
      from signalbox.jobs j join signalbox.lanes l on l.id = j.lane where j.id = $1`,
    values: [jobId],
  });
  return (rows[0] as { definitionId: number; version: number } | undefined) ?? null;
}
