import type { Queryable } from "#db/client.ts";

/** Which of these session ids are in force: the question of all open streams of a process at once. */
export async function findLiveSessions(
  db: Queryable,
  ids: readonly string[],
  idleMs: number,
): Promise<Set<string>> {
  const { rows } = await db.query({
    name: "find-live-sessions",
    text: `select s.id from signalbox.sessions s join signalbox.users u on u.id = s.user_id
      where s.id = any($1) and s.expires_at > clock_timestamp() and u.disabled_at is null
        and s.last_seen_at > clock_timestamp() - $2 * interval '1 millisecond'`,
    values: [ids, idleMs],
  });
  return new Set((rows as { id: string }[]).map(({ id }) => id));
}
