import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import type { AutomationEvent } from "#server/store/automation/automation-event.ts";
import { lockAutomationEvent } from "#server/store/automation/lock-automation-event.ts";
import { markAutomationUndone } from "#server/store/automation/mark-automation-undone.ts";
import { tellForced, writeForced } from "../dependencies/force-breaker.ts";
import type { Engine } from "../engine.ts";

interface Undoing {
  engine: Engine;
  transaction: Queryable;
  event: AutomationEvent;
  actor: string;
  reason: string;
}

/** How an event is taken back, by the action it names: the writes, in the same transaction, then what follows the commit. */
const undos: Readonly<Record<string, (undoing: Undoing) => Promise<() => Promise<unknown>>>> = {
  "dependency.force-closed": async ({ engine, transaction, event, actor, reason }) => {
    const force = { name: event.objectId, forced: "closed", reason, actor } as const;
    const changed = await writeForced(engine, transaction, force);
    return () => tellForced(engine, force, changed);
  },
};

/**
 * Take back what the system did by itself, as the event names it, and note on the event who did: one transaction, through
 * the operation that people use, which writes the audit entry. Throws `not_found`, `validation` without a reason, and
 * `invalid_state` for an event that nothing takes back or that somebody has taken back already.
 */
export async function undoAutomation(
  engine: Engine,
  { eventId, reason, actor }: { eventId: number; reason: string; actor: string },
): Promise<AutomationEvent> {
  const { event, after } = await inTransaction(engine.pool, async (transaction) => {
    const event = await lockAutomationEvent(transaction, eventId);
    if (event === null)
      throw new SignalboxError("not_found", `There is no event ${eventId} on the automation feed; nothing was done.`);
    if (event.undoneBy !== null)
      throw new SignalboxError("invalid_state", `${event.undoneBy} has taken it back already; nothing was done.`);
    const undo = event.undo === null ? undefined : undos[event.undo.action];
    if (undo === undefined)
      throw new SignalboxError(
        "invalid_state",
        `Nothing takes a ${event.kind} back: it ends by itself, or is over. Nothing was done.`,
      );
    const after = await undo({ engine, transaction, event, actor, reason });
    await markAutomationUndone(transaction, eventId, actor);
    return { event, after };
  });
  await after();
  return event;
}
