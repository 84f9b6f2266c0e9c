import type { Queryable } from "#db/client.ts";

/** The JSON texts that a job carries. */
export const jobTexts = ["payload", "output", "checkpoint", "artifacts"] as const;
export type JobText = (typeof jobTexts)[number];

const columns: Record<JobText, string> = {
  payload: `coalesce((select payload from signalbox.amendments where job_id = j.id and payload is not null
    order by revision desc limit 1), j.payload)::text`,
  output: "(select output from signalbox.completed where id = j.id)::text",
  checkpoint: "(select data from signalbox.checkpoints where job_id = j.id)::text",
  artifacts: "(select artifacts from signalbox.checkpoints where job_id = j.id)::text",
};

/** One of a job's texts as it is stored, secrets and all, with the job's definition; null when there is no such job. */
export async function findJobText(
  db: Queryable,
  jobId: string,
  which: JobText,
): Promise<{ definition: string; text: string | null } | null> {
  const { rows } = await db.query({
    name: `find-job-${which}`,
    text: `select d.name as definition, ${columns[which]} as text
      from signalbox.jobs j join signalbox.lanes l on l.id = j.lane join signalbox.definitions d on d.id = l.definition_id
      where j.id = $1`,
    values: [jobId],
  });
  return (rows[0] as { definition: string; text: string | null } | undefined) ?? null;
}
