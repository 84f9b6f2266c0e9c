import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findUserByLogin } from "#server/store/people/find-user.ts";
import { lockUser } from "#server/store/people/lock-user.ts";
import { updatePassword } from "#server/store/people/update-user.ts";
import { endSessionsOf } from "#server/store/sessions/end-sessions.ts";
import { deleteFailures } from "#server/store/sign-in-failures/delete-failures.ts";
import { voidResets } from "#server/store/sign-in-links/void-links.ts";
import { hashPassword, verifyPassword } from "#server/system/hash-password.ts";
import type { Engine } from "../engine.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { checkPassword } from "./check-password.ts";
import type { ClientFacts, SessionTimes } from "./client-facts.ts";
import { startSession } from "./start-session.ts";
import { takeSignInTurn } from "./take-sign-in-turn.ts";

export interface ChangePassword {
  login: string;
  current: string;
  next: string;
  client: ClientFacts;
  times: SessionTimes;
}

/**
 * Change one's own password, end all one's sessions, this one too, and begin a new one; returns what the browser keeps.
 * Throws `validation` for a wrong current password or a new one that may not be used, and `too_many_requests`: guessing
 * here counts as guessing at the sign-in.
 */
export async function changePassword(engine: Pick<Engine, "pool">, request: ChangePassword): Promise<string> {
  const { login, current, next, client, times } = request;
  checkPassword(next, login, "/next");
  const account = hashToken(login);
  await takeSignInTurn(engine, account, client.address);
  const user = await findUserByLogin(engine.pool, login);
  if (!(await verifyPassword(current, user?.passwordHash ?? null)) || user === null) throw wrongCurrent();
  const passwordHash = await hashPassword(next);
  return inTransaction(engine.pool, async (transaction) => {
    const held = await lockUser(transaction, user.id);
    if (held === null || held.disabledAt !== null || held.passwordHash !== user.passwordHash)
      throw wrongCurrent();
    await updatePassword(transaction, user.id, passwordHash);
    await voidResets(transaction, user.id);
    await deleteFailures(transaction, account);
    const ended = await endSessionsOf(transaction, user.id);
    await insertAuditEntry(transaction, {
      ...{ actor: login, action: "user.change-password", objectKind: "user", objectId: user.id },
      after: { by: "themselves", endedSessions: ended },
    });
    return startSession(transaction, { user: held, by: "password", client, times });
  });
}

function wrongCurrent(): SignalboxError {
  return new SignalboxError("validation", "The current password is wrong. The password was not changed.", {
    errors: [{ path: "/current", message: "is wrong" }],
  });
}
