import type { Role } from "#core/access/role.ts";
import type { Queryable } from "#db/client.ts";

/** A session in force and who holds it. */
export interface LiveSession {
  id: string;
  userId: string;
  login: string;
  displayName: string;
  role: Role;
  /** It was last seen more than a minute ago. */
  stale: boolean;
}

/**
 * The session of this hash when it is in force: neither ended, nor too old, nor idle for `idleMs`, and its person not shut
 * out. Asked anew for every request, so that ending it acts on the next one.
 */
export async function findSession(
  db: Queryable,
  hash: Uint8Array,
  idleMs: number,
): Promise<LiveSession | null> {
  const { rows } = await db.query({
    name: "find-session",
    text: `select s.id, u.id as "userId", u.login, u.display_name as "displayName", u.role,
        s.last_seen_at < clock_timestamp() - interval '1 minute' as stale
      from signalbox.sessions s join signalbox.users u on u.id = s.user_id
      where s.hash = $1 and s.expires_at > clock_timestamp() and u.disabled_at is null
        and s.last_seen_at > clock_timestamp() - $2 * interval '1 millisecond'`,
    values: [hash, idleMs],
  });
  return (rows[0] as LiveSession | undefined) ?? null;
}
