import type { Queryable } from "#db/client.ts";
import { type UserRecord, userColumns } from "./user-record.ts";

/** The person of this id with the hash of their password, locked until the transaction ends; null when there is none. */
export async function lockUser(
  transaction: Queryable,
  id: string,
): Promise<(UserRecord & { passwordHash: string }) | null> {
  const { rows } = await transaction.query({
    text: `select ${userColumns}, u.password_hash as "passwordHash" from signalbox.users u where u.id = $1 for update`,
    values: [id],
  });
  return (rows[0] as (UserRecord & { passwordHash: string }) | undefined) ?? null;
}
