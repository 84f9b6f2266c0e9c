import type { Queryable } from "#db/client.ts";

/**
 * Take up to `limit` whole-job limits that have passed, in order. `open` are those whose jobs have not completed, the
 * caller's to end; `taken` counts all.
 */
export async function takeOverdue(
  transaction: Queryable,
  limit: number,
): Promise<{ taken: number; open: string[] }> {
  const { rows } = await transaction.query({
    name: "take-overdue",
    text: `with gone as (
        delete from signalbox.deadlines where job_id = any(array(
          select job_id from signalbox.deadlines where deadline_ms <= (select signalbox.now_ms())
          order by deadline_ms limit $1 for update skip locked)) returning job_id)
      select job_id, exists (select from signalbox.completed where id = job_id) as completed from gone`,
    values: [limit],
  });
  const limits = rows as { job_id: string; completed: boolean }[];
  return { taken: limits.length, open: limits.filter((row) => !row.completed).map((row) => row.job_id) };
}
