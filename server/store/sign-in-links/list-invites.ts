import type { Queryable } from "#db/client.ts";
import { type LinkRecord, linkColumns } from "./link-record.ts";

/** The invitations that are still open, newest first; at most 100. */
export async function listInvites(db: Queryable): Promise<LinkRecord[]> {
  const { rows } = await db.query({
    name: "list-invites",
    text: `select ${linkColumns} from signalbox.sign_in_links l
      where l.kind = 'invite' and l.used_at is null and l.voided_at is null and l.expires_at > clock_timestamp()
      order by l.created_at desc limit 100`,
  });
  return rows as LinkRecord[];
}
