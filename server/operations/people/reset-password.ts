import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { lockUser } from "#server/store/people/lock-user.ts";
import { updatePassword } from "#server/store/people/update-user.ts";
import { endSessionsOf } from "#server/store/sessions/end-sessions.ts";
import { deleteFailures } from "#server/store/sign-in-failures/delete-failures.ts";
import { findLink } from "#server/store/sign-in-links/find-link.ts";
import { useLink } from "#server/store/sign-in-links/use-link.ts";
import { hashPassword } from "#server/system/hash-password.ts";
import type { Engine } from "../engine.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { checkPassword } from "./check-password.ts";
import type { ClientFacts, SessionTimes } from "./client-facts.ts";
import { deadLink, readLink } from "./read-link.ts";
import { startSession } from "./start-session.ts";

/**
 * Set a new password by the link an admin made, end every session of its person, and sign the holder in; returns what
 * the browser keeps. It lifts the throttle of the account too. Throws `validation`, `not_found`.
 */
export async function resetPassword(
  engine: Pick<Engine, "pool">,
  request: { secret: string; password: string; client: ClientFacts; times: SessionTimes },
): Promise<string> {
  const { secret, password, client, times } = request;
  const view = await readLink(engine.pool, secret);
  if (view.kind !== "reset") throw deadLink(null);
  checkPassword(password, view.login ?? "");
  const passwordHash = await hashPassword(password);
  return inTransaction(engine.pool, async (transaction) => {
    const hash = hashToken(secret);
    const link = await useLink(transaction, hash);
    const user = link?.userId ? await lockUser(transaction, link.userId) : null;
    if (!link || !user || user.disabledAt !== null) throw deadLink(await findLink(transaction, hash));
    await updatePassword(transaction, user.id, passwordHash);
    const ended = await endSessionsOf(transaction, user.id);
    await deleteFailures(transaction, hashToken(user.login));
    await insertAuditEntry(transaction, {
      ...{ actor: user.login, action: "user.change-password", objectKind: "user", objectId: user.id },
      after: { by: "link", link: link.id, endedSessions: ended },
    });
    return startSession(transaction, { user, by: "reset", client, times });
  });
}
