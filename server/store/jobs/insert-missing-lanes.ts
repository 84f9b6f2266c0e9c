import type { Queryable } from "#db/client.ts";

const missing = `select distinct l.definition_id from signalbox.jobs j join signalbox.lanes l on l.id = j.lane
  where j.id = any($1::bigint[]) and not exists (
    select from signalbox.lanes t where t.queue_id = $2 and t.definition_id = l.definition_id)`;

/** Whether a definition of these jobs has no lane in the queue yet. */
export async function lacksLanes(db: Queryable, jobIds: string[], queueId: number): Promise<boolean> {
  const { rows } = await db.query({
    name: "lacks-lanes",
    text: `select exists (${missing}) as lacks`,
    values: [jobIds, queueId],
  });
  return (rows[0] as { lacks: boolean }).lacks;
}

/** Make the lanes that the definitions of these jobs lack in the queue. The caller holds the catalogue's lock. */
export async function insertMissingLanes(
  transaction: Queryable,
  jobIds: string[],
  queueId: number,
): Promise<void> {
  await transaction.query({
    text: `insert into signalbox.lanes (queue_id, definition_id) select $2, m.definition_id from (${missing}) m
      on conflict (queue_id, definition_id) do nothing`,
    values: [jobIds, queueId],
  });
}
