import type { Queryable } from "#db/client.ts";

/** End the session of this hash; its person's id and login name, or null when it was in force no more. */
export async function endSession(
  transaction: Queryable,
  hash: Uint8Array,
): Promise<{ id: string; userId: string; login: string } | null> {
  const { rows } = await transaction.query({
    text: `delete from signalbox.sessions s using signalbox.users u where s.hash = $1 and u.id = s.user_id
      returning s.id, u.id as "userId", u.login`,
    values: [hash],
  });
  return (rows[0] as { id: string; userId: string; login: string } | undefined) ?? null;
}

/** End every session of a person; returns how many there were. */
export async function endSessionsOf(transaction: Queryable, userId: string): Promise<number> {
  const { rowCount } = await transaction.query({
    text: "delete from signalbox.sessions where user_id = $1",
    values: [userId],
  });
  return rowCount ?? 0;
}
