import type { Queryable } from "#db/client.ts";

/** Where the jobs of a lane go when they are moved to another queue. */
export interface LaneInQueue {
  lane: number;
  /** Name of the queue they are in. */
  from: string;
}

/** The lane of the same definition in the other queue; null while there is none. */
export async function findLaneInQueue(
  db: Queryable,
  lane: number,
  queueId: number,
): Promise<LaneInQueue | null> {
  const { rows } = await db.query({
    name: "find-lane-in-queue",
    text: `select other.id as lane, q.name as "from" from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id
      join signalbox.lanes other on other.definition_id = l.definition_id and other.queue_id = $2 where l.id = $1`,
    values: [lane, queueId],
  });
  return (rows[0] as LaneInQueue | undefined) ?? null;
}
