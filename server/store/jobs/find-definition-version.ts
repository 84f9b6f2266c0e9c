import type { Queryable } from "#db/client.ts";

/** Definition and version a job runs by: those it was submitted with, unless it was diverted. Null when there is no such job. */
export async function findDefinitionVersion(
  db: Queryable,
  jobId: string,
): Promise<{ definitionId: number; version: number } | null> {
  const { rows } = await db.query({
    text: `select l.definition_id as "definitionId", coalesce(a.definition_version, j.definition_version) as version
      from signalbox.jobs j
      left join lateral (
        select lane, definition_version from signalbox.amendments where job_id = j.id order by revision desc limit 1) a on true
      join signalbox.lanes l on l.id = coalesce(a.lane, j.lane) where j.id = $1`,
    values: [jobId],
  });
  return (rows[0] as { definitionId: number; version: number } | undefined) ?? null;
}
