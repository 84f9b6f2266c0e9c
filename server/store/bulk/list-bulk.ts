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

/** How many operations go on, wait for somebody or have halted. */
export async function countOpenBulk(db: Queryable): Promise<{ running: number; halted: number }> {
  const { rows } = await db.query({
    name: "count-open-bulk",
    text: `select count(*)::int as running, count(*) filter (where state = 'halted')::int as halted
      from (select state from signalbox.bulk_operations where finished_at is null limit 200) o`,
  });
  return rows[0] as { running: number; halted: number };
}

/** Ids of the operations that the dispatcher works on, oldest first. */
export async function listLiveBulk(db: Queryable): Promise<string[]> {
  const { rows } = await db.query({
    name: "list-live-bulk",
    text: "select id from signalbox.bulk_operations where state in ('freezing', 'running') order by id limit 50",
  });
  return (rows as { id: string }[]).map(({ id }) => id);
}
