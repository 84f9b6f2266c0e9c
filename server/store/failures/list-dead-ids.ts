import type { Queryable } from "#db/client.ts";

/**
 * Ids of dead jobs that nobody has discarded, newest first, before `beforeId`: of one group, of none (''), or of all
 * (null).
 */
export async function listDeadIds(
  db: Queryable,
  fingerprint: string | null,
  beforeId: string | null,
  limit: number,
): Promise<string[]> {
  const which =
    fingerprint === null
      ? "$1::text is null"
      : fingerprint === ""
        ? "fingerprint is null and $1 = ''"
        : "fingerprint = $1";
  const kind = fingerprint === null ? "all" : fingerprint === "" ? "none" : "group";
  const { rows } = await db.query({
    name: `list-dead-ids-${kind}`,
    text: `select id from signalbox.dead where ${which} and discarded_at is null and ($2::bigint is null or id < $2)
      order by id desc limit $3`,
    values: [fingerprint, beforeId, limit],
  });
  return (rows as { id: string }[]).map((row) => row.id);
}
