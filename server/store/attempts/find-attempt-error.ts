import type { Queryable } from "#db/client.ts";

/** The failure report of an attempt as JSON text; null when it has none, or there is no such attempt. */
export async function findAttemptError(
  db: Queryable,
  jobId: string,
  attempt: number,
): Promise<string | null> {
  const { rows } = await db.query({
    name: "find-attempt-error",
    text: "select error::text as error from signalbox.attempts where job_id = $1 and number = $2",
    values: [jobId, attempt],
  });
  return (rows[0] as { error: string | null } | undefined)?.error ?? null;
}
