import { z } from "zod";
import { displayNameSchema, loginSchema } from "#core/access/login.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import { inTransaction } from "#db/transaction.ts";
import { hasOtherUsers } from "#server/store/people/has-other-users.ts";
import { lockPeople } from "#server/store/people/lock-people.ts";
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

const schema = z.strictObject({ login: loginSchema, displayName: displayNameSchema });

export interface CreateFirstAdmin {
  /** Of a link that {@link offerFirstLink} made. */
  secret: string;
  login: string;
  displayName: string;
  password: string;
  client: ClientFacts;
  times: SessionTimes;
}

/**
 * Make the first admin by the link that the start printed, and sign them in; returns what the browser keeps. Of two who
 * use one link, or two links, at once, one succeeds. Throws `validation`, and `not_found` for a link that cannot be used.
 */
export async function createFirstAdmin(
  engine: Pick<Engine, "pool">,
  request: CreateFirstAdmin,
): Promise<string> {
  const { secret, password, client, times } = request;
  const parsed = schema.safeParse({ login: request.login, displayName: request.displayName });
  if (!parsed.success) throw validationError(parsed.error, "the account");
  const { login, displayName } = parsed.data;
  checkPassword(password, login);
  const { kind } = await readLink(engine.pool, secret);
  if (kind !== "first-admin") throw deadLink(null);
  const passwordHash = await hashPassword(password);
  return inTransaction(engine.pool, async (transaction) => {
    await lockPeople(transaction);
    if (await hasOtherUsers(transaction, "")) throw alreadyThere();
    const hash = hashToken(secret);
    const link = await useLink(transaction, hash);
    if (link?.kind !== "first-admin") throw deadLink(await findLink(transaction, hash));
    const user = await addUser(transaction, {
      login,
      displayName,
      role: "admin",
      passwordHash,
      by: login,
      link: link.id,
    });
    return startSession(transaction, { user, by: "first-admin", client, times });
  });
}

function alreadyThere(): SignalboxError {
  return new SignalboxError(
    "not_found",
    "There is an admin already, so this link is of no use any more. Nothing was done. Sign in, or ask the admin to invite you.",
  );
}
