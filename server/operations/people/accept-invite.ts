import { displayNameSchema } from "#core/access/login.ts";
import { validationError } from "#core/validation-error.ts";
import { inTransaction } from "#db/transaction.ts";
import { findLink } from "#server/store/sign-in-links/find-link.ts";
import { useLink } from "#server/store/sign-in-links/use-link.ts";
import { hashPassword } from "#server/system/hash-password.ts";
import type { Engine } from "../engine.ts";
import { hashToken } from "../tokens/hash-token.ts";
import { addUser } from "./add-user.ts";
import { checkPassword } from "./check-password.ts";
import type { ClientFacts, SessionTimes } from "./client-facts.ts";
import { deadLink, readLink } from "./read-link.ts";
import { startSession } from "./start-session.ts";

export interface AcceptInvite {
  secret: string;
  displayName: string;
  password: string;
  client: ClientFacts;
  times: SessionTimes;
}

/**
 * Make the account that an invitation is for, and sign its holder in; returns what the browser keeps. Login name and
 * role are those of the invitation, whatever the holder sends. Throws `validation`, `conflict`, `not_found`.
 */
export async function acceptInvite(engine: Pick<Engine, "pool">, request: AcceptInvite): Promise<string> {
  const { secret, password, client, times } = request;
  const parsed = displayNameSchema.safeParse(request.displayName);
  if (!parsed.success) throw validationError(parsed.error, "the name");
  const view = await readLink(engine.pool, secret);
  if (view.kind !== "invite" || view.login === null) throw deadLink(null);
  checkPassword(password, view.login);
  const passwordHash = await hashPassword(password);
  return inTransaction(engine.pool, async (transaction) => {
    const hash = hashToken(secret);
    const link = await useLink(transaction, hash);
    if (link?.kind !== "invite" || link.login === null) throw deadLink(await findLink(transaction, hash));
    const { login, role } = link;
    const account = { login, displayName: parsed.data, role, passwordHash, by: login, link: link.id };
    const user = await addUser(transaction, account);
    return startSession(transaction, { user, by: "invite", client, times });
  });
}
