import type { Queryable } from "#db/client.ts";

/** Whether there is anybody besides the one of this login name. */
export async function hasOtherUsers(db: Queryable, login: string): Promise<boolean> {
  const { rows } = await db.query({
    text: "select exists (select from signalbox.users where login <> $1) as found",
    values: [login],
  });
  return (rows[0] as { found: boolean }).found;
}
