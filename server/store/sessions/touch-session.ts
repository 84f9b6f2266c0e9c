import type { Queryable } from "#db/client.ts";

/** Note that a session was used now, and with it that its person was here. */
export async function touchSession(db: Queryable, hash: Uint8Array): Promise<void> {
  await db.query({
    name: "touch-session",
    text: `with seen as (update signalbox.sessions set last_seen_at = clock_timestamp() where hash = $1 returning user_id)
      update signalbox.users u set last_seen_at = clock_timestamp() from seen where u.id = seen.user_id`,
    values: [hash],
  });
}
