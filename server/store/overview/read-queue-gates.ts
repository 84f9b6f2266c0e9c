import type { Queryable } from "#db/client.ts";

/** A queue with what can hold it, and the database's now. */
export interface QueueGateRow {
  name: string;
  pool: string;
  paused: boolean;
  maxRunning: number | null;
}

/** Queues by name, `limit` at most. */
export async function readQueueGates(db: Queryable, limit: number): Promise<QueueGateRow[]> {
  const { rows } = await db.query({
    name: "read-queue-gates",
    text: `select name, pool, paused, max_running as "maxRunning" from signalbox.queues order by name limit $1`,
    values: [limit],
  });
  return rows as QueueGateRow[];
}
