import type { Queryable } from "#db/client.ts";

/** How many lines are kept of an attempt, and their bytes of message and facts. */
export async function measureLog(
  db: Queryable,
  attempt: { jobId: string; number: number },
): Promise<{ lines: number; bytes: number }> {
  const { rows } = await db.query({
    name: "measure-log",
    text: `select count(*)::int as lines, coalesce(sum(octet_length(message) + coalesce(octet_length(facts::text), 0)), 0)::float8 as bytes
      from signalbox.attempt_logs where job_id = $1 and attempt = $2`,
    values: [attempt.jobId, attempt.number],
  });
  return rows[0] as { lines: number; bytes: number };
}
