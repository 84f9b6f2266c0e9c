import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import type { AutomationEvent } from "#server/store/automation/automation-event.ts";
import { lockAutomationEvent } from "#server/store/automation/lock-automation-event.ts";
import { markAutomationUndone } from "#server/store/automation/mark-automation-undone.ts";
import type { Engine } from "../engine.ts";
import { canUndo } from "./can-undo.ts";
import { undoActions } from "./undo-actions.ts";

/**
 * Take back what the system did by itself, as the event names it, and note on the event who did: one transaction, through
 * the operation that people use, which writes the audit entry. Throws `not_found`, `validation` without a reason, and
 * `invalid_state` for an event that nothing takes back, that is over, or that somebody has taken back already.
 */
export async function undoAutomation(
  engine: Engine,
  { eventId, reason, actor }: { eventId: number; reason: string; actor: string },
): Promise<AutomationEvent> {
  const { event, after } = await inTransaction(engine.pool, async (transaction) => {
    const event = await lockAutomationEvent(transaction, eventId);
    if (event === null)
      throw new SignalboxError(
        "not_found",
        `There is no event ${eventId} on the automation feed; nothing was done.`,
      );
    if (event.undoneBy !== null)
      throw new SignalboxError(
        "invalid_state",
        `${event.undoneBy} has taken it back already; nothing was done.`,
      );
    const action = undoActions[event.undo?.action ?? ""];
    if (action === undefined || !canUndo(engine, event))
      throw new SignalboxError(
        "invalid_state",
        `There is nothing left to take back: it ends by itself, or is over. Nothing was done.`,
      );
    const after = await action.run({ engine, transaction, event, actor, reason });
    await markAutomationUndone(transaction, eventId, actor);
    return { event, after };
  });
  await after();
  return event;
}
