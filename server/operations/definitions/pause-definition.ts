import { SignalboxError } from "#core/error.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findDefinition } from "#server/store/definitions/find-definition.ts";
import { setDefinitionPaused } from "#server/store/definitions/set-definition-paused.ts";
import { editCatalog } from "../catalog/edit-catalog.ts";
import type { Engine } from "../engine.ts";

/**
 * Pause a definition or let it go on: its jobs in every queue wait and no claim takes one, other definitions of the queue
 * go on. Acts on the next claim; running jobs go on to their end. Throws `unknown_definition`.
 */
export async function pauseDefinition(
  engine: Engine,
  pause: { name: string; paused: boolean; actor: string; reason: string | null },
): Promise<{ paused: boolean }> {
  const { name, paused, actor, reason } = pause;
  const changed = await editCatalog(engine, async (transaction) => {
    const before = await findDefinition(transaction, name, null);
    if (before === null)
      throw new SignalboxError(
        "unknown_definition",
        `there is no definition ${name.slice(0, 100)}: nothing was done`,
      );
    if (before.paused === paused) return { changed: false, result: false };
    await setDefinitionPaused(transaction, name, paused);
    await insertAuditEntry(transaction, {
      actor,
      action: paused ? "definition.pause" : "definition.resume",
      objectKind: "definition",
      objectId: name,
      reason,
      before: { paused: before.paused },
      after: { paused },
    });
    return { changed: true, result: true };
  });
  if (changed && !paused) {
    const lanes = [...engine.catalog.current.lanes.values()].filter((lane) => lane.definition.name === name);
    engine.wake.send(lanes.map((lane) => lane.id));
  }
  return { paused };
}
