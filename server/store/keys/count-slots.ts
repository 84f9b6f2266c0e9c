import { priorityClasses } from "#core/priority/priority-class.ts";
import type { Queryable } from "#db/client.ts";

/** How many jobs of a queue have a slot, by class. Index: key_slots_key. */
export async function countSlots(transaction: Queryable, queueId: number): Promise<number[]> {
  const { rows } = await transaction.query({
    name: "count-key-slots",
    text: "select class, count(*)::int as count from signalbox.key_slots where queue_id = $1 group by class",
    values: [queueId],
  });
  const counts = rows as { class: number; count: number }[];
  return priorityClasses.map((_, rank) => counts.find((each) => each.class === rank)?.count ?? 0);
}
