import type { Queryable } from "#db/client.ts";
import type { EndedTable } from "./find-past-jobs.ts";
import type { DayPartition } from "./list-day-partitions.ts";

const besides = ["amendments", "checkpoints", "deadlines", "cancel_requests"];

/**
 * Delete jobs that ended, with all that belongs to them, unless they have left that state meanwhile; how many. `tables`
 * are those partitioned by a job's id.
 */
export async function deletePastJobs(
  transaction: Queryable,
  from: EndedTable,
  ids: readonly string[],
  beforeMs: number,
  tables: readonly Pick<DayPartition, "table" | "key">[],
): Promise<number> {
  const { rows } = await transaction.query({
    text: `delete from signalbox.${from} where id = any($1::bigint[]) and finished_at_ms < $2 returning id::text as id`,
    values: [ids, Math.floor(beforeMs)],
  });
  const gone = (rows as { id: string }[]).map((row) => row.id);
  const belongings = [
    ...tables.filter(({ table }) => table !== "completed"),
    ...besides.map((table) => ({ table, key: "job_id" })),
  ];
  for (const { table, key } of belongings)
    await transaction.query({
      text: `delete from signalbox.${table} where ${key} = any($1::bigint[])`,
      values: [gone],
    });
  return gone.length;
}
