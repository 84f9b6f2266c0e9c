import type { Queryable } from "#db/client.ts";

/** End the registrations that sent no heartbeat for three of their intervals; returns their ids. */
export async function endSilentWorkers(db: Queryable, limit: number): Promise<string[]> {
  const { rows } = await db.query({
    name: "end-silent-workers",
    text: `update signalbox.workers set state = 'lost', ended_at = clock_timestamp(), running = 0
      where id = any(array(select id from signalbox.workers where ended_at is null
        and heartbeat_at < clock_timestamp() - make_interval(secs => heartbeat_ms * 3 / 1000.0)
        order by id limit $1 for update skip locked)) returning id`,
    values: [limit],
  });
  return (rows as { id: string }[]).map((row) => row.id);
}
