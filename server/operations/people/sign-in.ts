import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { findUserByLogin } from "#server/store/people/find-user.ts";
import { lockUser } from "#server/store/people/lock-user.ts";
import { deleteFailures } from "#server/store/sign-in-failures/delete-failures.ts";
import { verifyPassword } from "#server/system/hash-password.ts";
import type { Engine } from "../engine.ts";
import { hashToken } from "../tokens/hash-token.ts";
import type { ClientFacts, SessionTimes } from "./client-facts.ts";
import { startSession } from "./start-session.ts";
import { takeSignInTurn } from "./take-sign-in-turn.ts";

export interface SignIn {
  /** As typed. */
  login: string;
  password: string;
  client: ClientFacts;
  times: SessionTimes;
}

/** One refusal for every reason, so that nothing is learned of who there is. */
const refusal = "The login name or the password is wrong. You are not signed in.";

/**
 * Begin a session for who knows the password; returns what the browser keeps. Throws `unauthenticated` for a wrong name
 * or password and for somebody shut out, in the same words and after the same work; `too_many_requests` with the time
 * to wait after 5 failures of the account, existing or not, or 50 from the address, in a quarter of an hour. Each try
 * counts as failed from its start until it has succeeded, so that many at once are no way around the throttle.
 */
export async function signIn(engine: Pick<Engine, "pool">, request: SignIn): Promise<string> {
  const { client, times } = request;
  const login = request.login.trim().toLowerCase();
  const account = hashToken(login);
  await takeSignInTurn(engine, account, client.address);
  const user = login.includes("\u0000") ? null : await findUserByLogin(engine.pool, login);
  const isRight = await verifyPassword(request.password, user?.passwordHash ?? null);
  const secret = await inTransaction(engine.pool, async (transaction) => {
    const held = user && (await lockUser(transaction, user.id));
    if (!isRight || !held || held.disabledAt !== null || held.passwordHash !== user.passwordHash) {
      const why = held?.disabledAt ? "shut out" : held ? "wrong password" : "unknown login name";
      await insertAuditEntry(transaction, {
        // What was typed as a name that nobody has may be a password, so it is not kept.
        actor: held?.login ?? "anonymous",
        action: "session.refuse",
        objectKind: "user",
        objectId: held?.id ?? "unknown",
        reason: why,
        after: { address: client.address },
      });
      return null;
    }
    await deleteFailures(transaction, account);
    return startSession(transaction, { user: held, by: "password", client, times });
  });
  if (secret === null) throw new SignalboxError("unauthenticated", refusal);
  return secret;
}
