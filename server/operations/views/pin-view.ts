import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockView } from "#server/store/views/lock-view.ts";
import { pinViewRow } from "#server/store/views/write-view.ts";
import type { Engine } from "../engine.ts";

/** Make a view the one that the actor's list begins with; null takes the pin off. Throws `not_found`. */
export async function pinView(engine: Engine, request: { id: number | null; actor: string }): Promise<void> {
  const { id, actor } = request;
  await inTransaction(engine.pool, async (transaction) => {
    const view = id === null ? null : await lockView(transaction, id);
    if (id !== null && (view === null || (view.owner !== actor && !view.shared)))
      throw new SignalboxError("not_found", "There is no such view any more; nothing was done.");
    await pinViewRow(transaction, actor, id);
    await insertAuditEntry(transaction, {
      actor,
      action: "view.pin",
      objectKind: "view",
      objectId: id === null ? "none" : String(id),
    });
  });
}
