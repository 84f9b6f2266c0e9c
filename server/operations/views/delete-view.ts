import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockView } from "#server/store/views/lock-view.ts";
import { deleteViewRow } from "#server/store/views/write-view.ts";
import type { Engine } from "../engine.ts";
import { refuseForeignView } from "./refuse-foreign-view.ts";

/** Delete a view of the actor's own; whoever pinned it begins with all jobs again. Throws `not_found`, `forbidden`. */
export async function deleteView(engine: Engine, request: { id: number; actor: string }): Promise<void> {
  const { id, actor } = request;
  await inTransaction(engine.pool, async (transaction) => {
    const before = refuseForeignView(await lockView(transaction, id), actor);
    await deleteViewRow(transaction, id);
    await insertAuditEntry(transaction, {
      actor,
      action: "view.delete",
      objectKind: "view",
      objectId: String(id),
      before,
    });
  });
}
