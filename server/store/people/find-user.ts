import type { Queryable } from "#db/client.ts";
import { type UserRecord, userColumns } from "./user-record.ts";

/** The person of this login name with the hash of their password, or null. */
export async function findUserByLogin(
  db: Queryable,
  login: string,
): Promise<(UserRecord & { passwordHash: string }) | null> {
  const { rows } = await db.query({
    name: "find-user-by-login",
    text: `select ${userColumns}, u.password_hash as "passwordHash" from signalbox.users u where u.login = $1`,
    values: [login],
  });
  return (rows[0] as (UserRecord & { passwordHash: string }) | undefined) ?? null;
}
