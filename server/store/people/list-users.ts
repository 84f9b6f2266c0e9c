import type { Queryable } from "#db/client.ts";
import { type UserRecord, userColumns } from "./user-record.ts";

/** Most people of one answer. */
export const userPage = 100;

export interface ListedUser extends UserRecord {
  /** Browsers in which they are signed in now, those included that have been idle too long. */
  sessions: number;
}

/** People by login name, a page of 100 at a time, from the one after `after`. */
export async function listUsers(db: Queryable, after: string | null): Promise<ListedUser[]> {
  const { rows } = await db.query({
    name: "list-users",
    text: `select ${userColumns}, (select count(*)::int from signalbox.sessions s
        where s.user_id = u.id and s.expires_at > clock_timestamp()) as sessions
      from signalbox.users u where $1::text is null or u.login > $1 order by u.login limit $2`,
    values: [after, userPage + 1],
  });
  return rows as ListedUser[];
}
