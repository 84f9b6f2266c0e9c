import type { Queryable } from "#db/client.ts";

export const logLevels = ["info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/** A line that a handler logged, clean and cut to size. */
export interface LogRow {
  jobId: string;
  attempt: number;
  /** From 1 in each attempt. */
  seq: number;
  atMs: number;
  level: LogLevel;
  message: string;
  /** JSON text. */
  facts: string | null;
}

/** Append lines; one that is there already, because a batch was sent again, stays as it is. */
export async function insertLogLines(db: Queryable, lines: readonly LogRow[]): Promise<void> {
  await db.query({
    name: "insert-log-lines",
    text: `insert into signalbox.attempt_logs (job_id, attempt, seq, at_ms, level, message, facts)
      select * from unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::json[])
      on conflict do nothing`,
    values: [
      lines.map(({ jobId }) => jobId),
      lines.map(({ attempt }) => attempt),
      lines.map(({ seq }) => seq),
      lines.map(({ atMs }) => Math.round(atMs)),
      lines.map(({ level }) => level),
      lines.map(({ message }) => message),
      lines.map(({ facts }) => facts),
    ],
  });
}
