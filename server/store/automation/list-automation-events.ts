import { z } from "zod";
import { decodeCursor, encodeCursor } from "#core/cursor.ts";
import type { Queryable } from "#db/client.ts";
import { type AutomationEvent, automationColumns } from "./automation-event.ts";

/** What the feed is narrowed to; all of what is given holds. */
export interface AutomationFilter {
  kind?: string;
  objectKind?: string;
  /** With its kind. */
  objectId?: string;
  sinceMs?: number;
  untilMs?: number;
}

export interface AutomationPage {
  events: AutomationEvent[];
  /** Null at the end. A page may be short and still have one: each call looks at a bounded number of events. */
  nextCursor: string | null;
}

const positionSchema = z.tuple([z.number().int().min(1)]);
/** Events read from one index at a time, and looked at in one call. */
const stretch = 1_000;
const maxExamined = 10_000;
/** Numbers are given before the commit: two events this close, ms, may have them the other way round. */
const disorderMs = 5_000;
const beyondAll = "9223372036854775807";

/**
 * Events newest first, a page at a time: by the index on objects when one is given, else by number. What no index has is
 * checked on what it gives, of which one call looks at 10,000 at most. Throws `bad_cursor`.
 */
export async function listAutomationEvents(
  db: Queryable,
  filter: AutomationFilter,
  options: { limit: number; cursor?: string | null },
): Promise<AutomationPage> {
  const { limit, cursor } = options;
  let before = cursor ? decodeCursor(cursor, positionSchema)[0] : null;
  const events: AutomationEvent[] = [];
  for (let examined = 0; examined < maxExamined; examined += stretch) {
    const found = await readStretch(db, filter, before, limit + 1 - events.length);
    events.push(...found.events);
    if (events.length > limit) {
      const page = events.slice(0, limit);
      return { events: page, nextCursor: encodeCursor([page.at(-1)?.id]) };
    }
    if (found.lowest === null) return { events, nextCursor: null };
    before = found.lowest;
  }
  return { events, nextCursor: before === null ? null : encodeCursor([before]) };
}

/** The wanted events in the next stretch below `before`; `lowest` is the end of it, null when nothing is left. */
async function readStretch(
  db: Queryable,
  { kind, objectKind, objectId, sinceMs, untilMs }: AutomationFilter,
  before: number | null,
  wanted: number,
): Promise<{ events: AutomationEvent[]; lowest: number | null }> {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const isOfObject = objectKind !== undefined && objectId !== undefined;
  const keys = isOfObject ? ["object_kind", "object_id", "id"] : ["id"];
  const bounds = isOfObject ? [put(objectKind), put(objectId)] : [];
  const row = (last: string) => `(${[...bounds, last].join(", ")})`;
  const above =
    sinceMs === undefined
      ? "0"
      : `coalesce((select id - 1 from signalbox.automation_events where at_ms >= ${put(sinceMs - disorderMs)} order by at_ms limit 1), ${beyondAll})`;
  const until =
    untilMs === undefined
      ? beyondAll
      : `coalesce((select id + 1 from signalbox.automation_events where at_ms <= ${put(untilMs + disorderMs)} order by at_ms desc limit 1), 0)`;
  const below = before === null ? until : `least(${until}, ${put(before)}::bigint)`;
  const checked = ["true"];
  if (sinceMs !== undefined) checked.push(`at_ms >= ${put(sinceMs)}`);
  if (untilMs !== undefined) checked.push(`at_ms <= ${put(untilMs)}`);
  if (kind !== undefined) checked.push(`kind = ${put(kind)}`);
  if (objectKind !== undefined && !isOfObject) checked.push(`object_kind = ${put(objectKind)}`);
  // Row comparisons leave the planner no way but the one index: of a kind that never comes it would read all there is.
  const { rows } = await db.query({
    text: `with walked as materialized (
        select * from signalbox.automation_events
        where (${keys.join(", ")}) > ${row(above)} and (${keys.join(", ")}) < ${row(below)}
        order by ${keys.map((key) => `${key} desc`).join(", ")} limit ${stretch})
      select (select case when count(*) = ${stretch} then min(id)::float8 end from walked) as lowest,
        coalesce((select jsonb_agg(to_jsonb(e) order by e.id desc) from (
          select ${automationColumns} from walked where ${checked.join(" and ")}
          order by walked.id desc limit ${put(wanted)}) e), '[]') as events`,
    values,
  });
  return rows[0] as { events: AutomationEvent[]; lowest: number | null };
}
