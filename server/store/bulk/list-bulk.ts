import type { Queryable } from "#db/client.ts";
import { type BulkRow, bulkColumns } from "./bulk-row.ts";

/** Operations that are not over, newest first; a bounded number of them. */
export async function listOpenBulk(db: Queryable): Promise<BulkRow[]> {
  const { rows } = await db.query({
    name: "list-open-bulk",
    text: `select ${bulkColumns} from signalbox.bulk_operations where finished_at is null order by id desc limit 200`,
  });
  return rows as BulkRow[];
}

/** Operations that are over, newest first, from before an id. */
export async function listPastBulk(
  db: Queryable,
  beforeId: string | null,
  limit: number,
): Promise<BulkRow[]> {
  const { rows } = await db.query({
    name: "list-past-bulk",
    text: `select ${bulkColumns} from signalbox.bulk_operations
      where finished_at is not null and ($1::bigint is null or id < $1) order by id desc limit $2`,
    values: [beforeId, limit],
  });
  return rows as BulkRow[];
}

/** How many operations are not over, and how many of them have halted. */
export interface OpenBulk {
  running: number;
  halted: number;
}

/** The statement that counts the operations that go on, wait for somebody or have halted: one row of {@link OpenBulk}. */
export const openBulk = `select count(*)::int as running, count(*) filter (where state = 'halted')::int as halted
  from (select state from signalbox.bulk_operations where finished_at is null limit 200) o`;

/** Ids of the operations that the dispatcher works on, oldest first. */
export async function listLiveBulk(db: Queryable): Promise<string[]> {
  const { rows } = await db.query({
    name: "list-live-bulk",
    text: "select id from signalbox.bulk_operations where state in ('freezing', 'running') order by id limit 50",
  });
  return (rows as { id: string }[]).map(({ id }) => id);
}
