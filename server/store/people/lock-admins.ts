import type { Queryable } from "#db/client.ts";

/** The ids of all who are admins and may sign in, each locked until the transaction ends, always in the same order. */
export async function lockAdmins(transaction: Queryable): Promise<string[]> {
  const { rows } = await transaction.query({
    text: "select id from signalbox.users where role = 'admin' and disabled_at is null order by id for update",
  });
  return (rows as { id: string }[]).map(({ id }) => id);
}
