import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockUser } from "#server/store/people/lock-user.ts";
import { updateDisabled } from "#server/store/people/update-user.ts";
import { endSessionsOf } from "#server/store/sessions/end-sessions.ts";
import { voidResets } from "#server/store/sign-in-links/void-links.ts";
import type { Engine } from "../engine.ts";
import { keepAnAdmin } from "./keep-an-admin.ts";
import { noSuchPerson } from "./no-such-person.ts";

/**
 * Shut a person out, at once and in every browser, or let them in again with the password they had. What stands
 * already changes nothing. Throws `not_found`, and `invalid_state` when no admin would be left.
 */
export function setDisabled(
  engine: Pick<Engine, "pool">,
  request: { userId: string; disabled: boolean; reason: string; actor: string },
): Promise<{ login: string }> {
  const { userId, disabled, reason, actor } = request;
  return inTransaction(engine.pool, async (transaction) => {
    if (disabled) await keepAnAdmin(transaction, userId);
    const user = await lockUser(transaction, userId);
    if (user === null) throw noSuchPerson(userId);
    if ((user.disabledAt !== null) === disabled) return { login: user.login };
    await updateDisabled(transaction, userId, disabled);
    const ended = disabled ? await endSessionsOf(transaction, userId) : 0;
    if (disabled) await voidResets(transaction, userId);
    await insertAuditEntry(transaction, {
      ...{ actor, action: disabled ? "user.disable" : "user.enable", objectKind: "user", objectId: userId },
      reason: reason || null,
      before: { disabled: !disabled },
      after: { disabled, endedSessions: ended },
    });
    return { login: user.login };
  });
}
