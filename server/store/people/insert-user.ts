import type { Role } from "#core/access/role.ts";
import type { Queryable } from "#db/client.ts";

export interface NewUser {
  id: string;
  login: string;
  displayName: string;
  role: Role;
  passwordHash: string;
  createdBy: string;
}

/** Add a person; false, and nothing done, when the login name is taken. */
export async function insertUser(transaction: Queryable, user: NewUser): Promise<boolean> {
  const { rowCount } = await transaction.query({
    text: `insert into signalbox.users (id, login, display_name, role, password_hash, created_by)
      values ($1, $2, $3, $4, $5, $6) on conflict (login) do nothing`,
    values: [user.id, user.login, user.displayName, user.role, user.passwordHash, user.createdBy],
  });
  return rowCount === 1;
}
