import type { Queryable } from "#db/client.ts";
import type { LaneInQueue } from "./find-lane-in-queue.ts";

/** Give a dead job the lane of its definition in another queue; null when it is not dead or there is no such lane. */
export async function moveDeadJob(
  transaction: Queryable,
  jobId: string,
  queueId: number,
): Promise<LaneInQueue | null> {
  const { rows } = await transaction.query({
    name: "move-dead-job",
    text: `with found as (select id, lane from signalbox.dead where id = $1 for update)
      update signalbox.dead d set lane = other.id
      from found join signalbox.lanes l on l.id = found.lane join signalbox.queues q on q.id = l.queue_id
      join signalbox.lanes other on other.definition_id = l.definition_id and other.queue_id = $2
      where d.id = found.id returning other.id as lane, q.name as "from"`,
    values: [jobId, queueId],
  });
  return (rows[0] as LaneInQueue | undefined) ?? null;
}
