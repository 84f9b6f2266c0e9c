import type { Role } from "#core/access/role.ts";
import type { Queryable } from "#db/client.ts";

/** Give a person another role. */
export async function updateRole(transaction: Queryable, id: string, role: Role): Promise<void> {
  await transaction.query({ text: "update signalbox.users set role = $2 where id = $1", values: [id, role] });
}

/** Shut a person out, or let them in again. */
export async function updateDisabled(transaction: Queryable, id: string, disabled: boolean): Promise<void> {
  await transaction.query({
    text: "update signalbox.users set disabled_at = case when $2 then clock_timestamp() end where id = $1",
    values: [id, disabled],
  });
}

/** Give a person another password. */
export async function updatePassword(
  transaction: Queryable,
  id: string,
  passwordHash: string,
): Promise<void> {
  await transaction.query({
    text: "update signalbox.users set password_hash = $2, password_changed_at = clock_timestamp() where id = $1",
    values: [id, passwordHash],
  });
}
