import type { Queryable } from "#db/client.ts";
import type { AutomationEvent } from "./automation-event.ts";

/** An event as a chart marks it. */
export type AutomationMark = Pick<
  AutomationEvent,
  "id" | "atMs" | "kind" | "objectKind" | "objectId" | "cause"
>;

/** Kinds that say what another one says already, and would hide it among them. */
const quiet = ["breaker-half-open", "pressure-fell"];
/** Of one object so many of the latest events are looked at. */
const lookedOfObject = 200;
const beyondAll = "9223372036854775807";
const columns = `id::float8 as id, at_ms::float8 as "atMs", kind, object_kind as "objectKind", object_id as "objectId", cause`;

/**
 * The latest `limit` events of a span of time, oldest first; with `objects` those of these alone. By the index on times,
 * or on objects: row comparisons leave the planner no way but that one, for of an object without events it would read all.
 */
export async function listAutomationMarks(
  db: Queryable,
  span: {
    fromMs: number;
    toMs: number;
    objects: readonly { kind: string; id: string }[] | null;
    limit: number;
  },
): Promise<AutomationMark[]> {
  const { fromMs, toMs, objects, limit } = span;
  const values = [Math.floor(fromMs), Math.ceil(toMs), quiet, limit];
  const { rows } =
    objects === null
      ? await db.query({
          name: "list-automation-marks",
          text: `select ${columns} from signalbox.automation_events
            where at_ms >= $1 and at_ms < $2 and kind <> all($3) order by at_ms desc limit $4`,
          values,
        })
      : await db.query({
          name: "list-automation-marks-of",
          text: `select ${columns} from unnest($5::text[], $6::text[]) as wanted(wanted_kind, wanted_id),
              lateral (select * from signalbox.automation_events
                where (object_kind, object_id, id) > (wanted_kind, wanted_id, 0)
                  and (object_kind, object_id, id) < (wanted_kind, wanted_id, ${beyondAll})
                order by object_kind desc, object_id desc, id desc limit ${lookedOfObject}) e
            where at_ms >= $1 and at_ms < $2 and kind <> all($3) order by at_ms desc limit $4`,
          values: [...values, objects.map(({ kind }) => kind), objects.map(({ id }) => id)],
        });
  return (rows as AutomationMark[]).reverse();
}
