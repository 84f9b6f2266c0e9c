import type { Queryable } from "#db/client.ts";

/** How an attempt was settled; `content` is the JSON text of its output or of its error. */
export interface SettledRecord {
  outcome: "completed" | "failed" | "timed-out" | "lost" | "cancelled" | "released" | "preempted";
  workerId: string;
  content: string | null;
}

/** How an attempt ended; null while it has not, or left no trace. */
export async function findSettledAttempt(
  db: Queryable,
  jobId: string,
  attempt: number,
): Promise<SettledRecord | null> {
  const { rows } = await db.query({
    text: `select 'completed' as outcome, worker_id as "workerId", output as content from signalbox.completed where id = $1 and attempt = $2
      union all
      select outcome, worker_id, error from signalbox.attempts where job_id = $1 and number = $2`,
    values: [jobId, attempt],
  });
  return (rows[0] as SettledRecord | undefined) ?? null;
}
