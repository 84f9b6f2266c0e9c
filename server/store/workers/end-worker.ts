import type { Queryable } from "#db/client.ts";

/** End a registration: the worker stopped by itself, or was found dead. Its leases lapse on their own. */
export async function endWorker(
  db: Queryable,
  workerId: string,
  state: "stopped" | "lost",
): Promise<boolean> {
  const { rowCount } = await db.query({
    text: "update signalbox.workers set state = $2, ended_at = clock_timestamp(), running = 0 where id = $1 and ended_at is null",
    values: [workerId, state],
  });
  return rowCount === 1;
}
