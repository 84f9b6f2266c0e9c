import type { Queryable } from "#db/client.ts";
import type { LogRow } from "./insert-log-lines.ts";

export type LogLine = Omit<LogRow, "jobId" | "attempt">;

/** The lines of an attempt after `afterSeq`, in their order; at most `limit`. */
export async function findLogLines(
  db: Queryable,
  attempt: { jobId: string; number: number },
  afterSeq: number,
  limit: number,
): Promise<LogLine[]> {
  const { rows } = await db.query({
    name: "find-log-lines",
    text: `select seq, at_ms::float8 as "atMs", level, message, facts::text as facts from signalbox.attempt_logs
      where job_id = $1 and attempt = $2 and seq > $3 order by seq limit $4`,
    values: [attempt.jobId, attempt.number, afterSeq, limit],
  });
  return rows as LogLine[];
}
