import type { Queryable } from "#db/client.ts";

/** Take up to `limit` jobs whose whole-job limit has passed, in order; each is the caller's to end. */
export async function takeOverdue(transaction: Queryable, limit: number): Promise<string[]> {
  const { rows } = await transaction.query({
    name: "take-overdue",
    text: `delete from signalbox.deadlines where job_id = any(array(
      select job_id from signalbox.deadlines where deadline_ms <= (select signalbox.now_ms())
      order by deadline_ms limit $1 for update skip locked)) returning job_id`,
    values: [limit],
  });
  return (rows as { job_id: string }[]).map((row) => row.job_id);
}
