import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockUser } from "#server/store/people/lock-user.ts";
import { voidResets } from "#server/store/sign-in-links/void-links.ts";
import type { Engine } from "../engine.ts";
import { type MadeLink, makeLink } from "./make-link.ts";
import { noSuchPerson } from "./no-such-person.ts";

/**
 * Make a link by which a person sets a new password within the hour; earlier ones become void, and the old password
 * goes on until then. Throws `not_found`, and `invalid_state` for somebody shut out.
 */
export function makeResetLink(
  engine: Pick<Engine, "pool">,
  { userId, actor }: { userId: string; actor: string },
): Promise<MadeLink & { login: string }> {
  return inTransaction(engine.pool, async (transaction) => {
    const user = await lockUser(transaction, userId);
    if (user === null) throw noSuchPerson(userId);
    if (user.disabledAt !== null)
      throw new SignalboxError(
        "invalid_state",
        `${user.login} is shut out. Nothing was done. Let them in again first.`,
      );
    await voidResets(transaction, userId);
    const { login, displayName, role } = user;
    const facts = { login, displayName, role, userId, createdBy: actor };
    const link = await makeLink(transaction, { kind: "reset", ...facts });
    await insertAuditEntry(transaction, {
      ...{ actor, action: "user.reset-link", objectKind: "user", objectId: userId },
      after: { link: link.id, expiresAt: link.expiresAt },
    });
    return { ...link, login };
  });
}
