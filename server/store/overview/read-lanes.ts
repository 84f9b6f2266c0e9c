import type { Queryable } from "#db/client.ts";

/** A lane by its names: the jobs of one definition in one queue. */
export interface LaneRow {
  lane: number;
  queue: string;
  definition: string;
}

/** Every lane; as many as definitions have stood in queues, so it is read whole. */
export async function readLanes(db: Queryable): Promise<LaneRow[]> {
  const { rows } = await db.query({
    name: "read-lanes",
    text: `select l.id as lane, q.name as queue, d.name as definition
      from signalbox.lanes l join signalbox.queues q on q.id = l.queue_id join signalbox.definitions d on d.id = l.definition_id
      order by l.id limit 5000`,
  });
  return rows as LaneRow[];
}
