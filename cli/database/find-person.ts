import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { findUserByLogin } from "#server/store/people/find-user.ts";
import type { UserRecord } from "#server/store/people/user-record.ts";

/** The person of a login name. Throws `not_found` that says where to look. */
export async function findPerson(db: Queryable, login: string): Promise<UserRecord> {
  const user = await findUserByLogin(db, login.trim().toLowerCase());
  if (user !== null) return user;
  throw new SignalboxError(
    "not_found",
    `nobody signs in as ${login.slice(0, 200)}: signalbox user list shows who does`,
  );
}
