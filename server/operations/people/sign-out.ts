import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { endSession } from "#server/store/sessions/end-sessions.ts";
import type { Engine } from "../engine.ts";
import { hashToken } from "../tokens/hash-token.ts";

/** End the session that a browser holds; one that has ended already, or never was, changes nothing. */
export async function signOut(engine: Pick<Engine, "pool">, secret: string): Promise<void> {
  await inTransaction(engine.pool, async (transaction) => {
    const ended = await endSession(transaction, hashToken(secret));
    if (ended === null) return;
    await insertAuditEntry(transaction, {
      actor: ended.login,
      action: "session.end",
      objectKind: "session",
      objectId: ended.id,
      before: { userId: ended.userId },
    });
  });
}
