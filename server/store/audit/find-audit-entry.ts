import type { Queryable } from "#db/client.ts";
import type { AuditEntry } from "./list-audit-entries.ts";

/** One entry by its number, with its hash (hex); null when there is none. */
export async function findAuditEntry(
  db: Queryable,
  seq: number,
): Promise<(AuditEntry & { hash: string }) | null> {
  const { rows } = await db.query({
    name: "find-audit-entry",
    text: `select seq::float8 as seq, (extract(epoch from at) * 1000)::float8 as "atMs", actor, action,
        object_kind as "objectKind", object_id as "objectId", reason, before, after, encode(hash, 'hex') as hash
      from signalbox.audit_entries where seq = $1`,
    values: [seq],
  });
  return (rows[0] as (AuditEntry & { hash: string }) | undefined) ?? null;
}
