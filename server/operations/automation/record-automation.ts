import type { Queryable } from "#db/client.ts";
import {
  insertAutomationEvent,
  type NewAutomationEvent,
} from "#server/store/automation/insert-automation-event.ts";

/**
 * Put what the system did by itself on the automation feed, in the transaction that does it. Figures that are no
 * finite number are left out: a page shows what was measured or nothing. Returns the number of the event.
 */
export async function recordAutomation(
  db: Queryable,
  event: Omit<NewAutomationEvent, "undo"> & Partial<Pick<NewAutomationEvent, "undo">>,
): Promise<number> {
  const figures = Object.fromEntries(
    Object.entries(event.figures).filter(([, value]) => typeof value !== "number" || Number.isFinite(value)),
  );
  return insertAutomationEvent(db, { undo: null, ...event, figures });
}
