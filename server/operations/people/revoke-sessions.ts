import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockUser } from "#server/store/people/lock-user.ts";
import { endSessionsOf } from "#server/store/sessions/end-sessions.ts";
import type { Engine } from "../engine.ts";
import { noSuchPerson } from "./no-such-person.ts";

/** Sign a person out everywhere, at once; returns how many sessions there were. Throws `not_found`. */
export function revokeSessions(
  engine: Pick<Engine, "pool">,
  { userId, actor }: { userId: string; actor: string },
): Promise<number> {
  return inTransaction(engine.pool, async (transaction) => {
    if ((await lockUser(transaction, userId)) === null) throw noSuchPerson(userId);
    const ended = await endSessionsOf(transaction, userId);
    await insertAuditEntry(transaction, {
      actor,
      action: "user.sign-out",
      objectKind: "user",
      objectId: userId,
      before: { sessions: ended },
    });
    return ended;
  });
}
