import type { Queryable } from "#db/client.ts";

/** A job that is to begin anew once it has ended. */
export interface RestartRow {
  jobId: string;
  actor: string;
  reason: string | null;
  askedAtMs: number;
}

/** Ask for a restart; false when one is asked for already. */
export async function insertRestart(
  db: Queryable,
  { jobId, actor, reason }: Omit<RestartRow, "askedAtMs">,
): Promise<boolean> {
  const { rowCount } = await db.query({
    text: `insert into signalbox.job_restarts (job_id, actor, reason) values ($1, $2, $3) on conflict do nothing`,
    values: [jobId, actor, reason],
  });
  return rowCount === 1;
}

/** Restarts that are asked for, oldest first; 200 at most. */
export async function listRestarts(db: Queryable): Promise<RestartRow[]> {
  const { rows } = await db.query({
    name: "list-restarts",
    text: `select job_id::text as "jobId", actor, reason, asked_at_ms::float8 as "askedAtMs"
      from signalbox.job_restarts order by asked_at_ms, job_id limit 200`,
  });
  return rows as RestartRow[];
}

/** Forget a restart that is done or has become moot. */
export async function deleteRestart(db: Queryable, jobId: string): Promise<void> {
  await db.query({
    name: "delete-restart",
    text: "delete from signalbox.job_restarts where job_id = $1",
    values: [jobId],
  });
}
