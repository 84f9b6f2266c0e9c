import type { AutomationEvent } from "#server/store/automation/automation-event.ts";
import type { Engine } from "../engine.ts";
import { undoActions } from "./undo-actions.ts";

/** Whether an event can be taken back now: it names how, nobody has, and there is something left to take back. */
export function canUndo(engine: Engine, event: AutomationEvent): boolean {
  if (event.undo === null || event.undoneBy !== null) return false;
  return undoActions[event.undo.action]?.isOpen(engine, event) ?? false;
}
