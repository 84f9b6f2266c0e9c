import type { Queryable } from "#db/client.ts";
import type { DayPartition } from "./list-day-partitions.ts";
import { partitionOf } from "./partition-of.ts";

/** How long a drop waits for its locks, ms: nobody else waits longer for it. */
const lockTimeoutMs = 150;
/** What is kept beside the partitions, by job. */
const besides = ["amendments", "checkpoints", "deadlines", "cancel_requests"];

/** A table that is partitioned by a job's id, and whether the day has a partition of it. */
export interface DayTable {
  table: string;
  key: DayPartition["key"];
  ownPartition: boolean;
}

/**
 * Drop what the tables hold of a day, but for the rows of `openIds`, which go on in the default partitions. With
 * `completed` among the tables, jobs that completed meanwhile are dropped too, and what lies beside the partitions.
 * Holds the tables from all others for the time of it, and throws 55P03 when it does not get them at once. Returns how
 * many jobs were kept.
 */
export async function dropDay(
  transaction: Queryable,
  day: string,
  tables: readonly DayTable[],
  openIds: readonly string[],
): Promise<number> {
  const run = async (text: string, values: unknown[] = []) =>
    (await transaction.query({ text, values })).rows;
  await run(`set local lock_timeout = ${lockTimeoutMs}`);
  const all = tables.map(({ table }) => `only signalbox.${table}`);
  await run(`lock table ${all.join(", ")} in access exclusive mode`);
  const whole = tables.some(({ table }) => table === "completed");
  const kept = (await run(
    `select open.id::text from unnest($1::bigint[]) as open(id)
      ${whole ? "where not exists (select from signalbox.completed c where c.id = open.id)" : ""}`,
    [openIds],
  )) as { id: string }[];
  const ids = kept.map(({ id }) => id);
  const remove = (table: string, key: string) =>
    run(
      `delete from signalbox.${table} where ${key} <> all($2::bigint[])
        and ${key} >= signalbox.first_id_at((extract(epoch from $1::date::timestamp) * 1000)::bigint)
        and ${key} < signalbox.first_id_at((extract(epoch from ($1::date + 1)::timestamp) * 1000)::bigint)`,
      [day, ids],
    );
  for (const { table, key, ownPartition } of tables) {
    const partition = `signalbox.${partitionOf(table, day)}`;
    if (ownPartition) await run(`alter table signalbox.${table} detach partition ${partition}`);
    // What had no partition on its day stands in the default one.
    await remove(table, key);
    if (!ownPartition) continue;
    if (ids.length > 0)
      await run(
        `insert into signalbox.${table} select * from ${partition} where ${key} = any($1::bigint[])`,
        [ids],
      );
    await run(`drop table ${partition}`);
  }
  if (whole) for (const table of besides) await remove(table, "job_id");
  return ids.length;
}
