import type { Queryable } from "#db/client.ts";

/** A live worker that takes new work. */
export interface PoolSlots {
  workerId: string;
  pool: string;
  concurrency: number;
}

/** The slots of all live workers that are not draining: as many rows as workers. Index: workers_alive. */
export async function listPoolSlots(db: Queryable): Promise<PoolSlots[]> {
  const { rows } = await db.query({
    name: "list-pool-slots",
    text: `select id::text as "workerId", pool, concurrency from signalbox.workers
      where ended_at is null and state = 'active' and transport <> 'target'`,
  });
  return rows as PoolSlots[];
}
