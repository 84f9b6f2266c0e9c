import { randomBytes } from "node:crypto";
import type { Role } from "#core/access/role.ts";
import type { Pool } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { addUser } from "#server/operations/people/add-user.ts";
import { startSession } from "#server/operations/people/start-session.ts";
import { hashPassword } from "#server/system/hash-password.ts";
import { defaultAccess } from "../web/access-options.ts";
import { SessionCookie } from "../web/session-cookie.ts";

/** The password of every person that tests make. */
export const visitorPassword = "signal arm at danger";

export interface Visitor {
  id: string;
  login: string;
  cookie: { name: string; value: string };
}

let hash: Promise<string> | null = null;

/** A new person of a role with {@link visitorPassword}, signed in. */
export async function signInVisitor(pool: Pool, role: Role): Promise<Visitor> {
  hash ??= hashPassword(visitorPassword);
  const passwordHash = await hash;
  const login = `${role}-${randomBytes(4).toString("hex")}@example.test`;
  return inTransaction(pool, async (transaction) => {
    const account = { login, displayName: `The ${role}`, role, passwordHash, by: "test", link: "none" };
    const user = await addUser(transaction, account);
    const client = { address: "127.0.0.1", agent: "test" };
    const value = await startSession(transaction, { user, by: "test", client, times: defaultAccess });
    return { id: user.id, login, cookie: { name: new SessionCookie(defaultAccess).name, value } };
  });
}
