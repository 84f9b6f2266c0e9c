import type { Queryable } from "#db/client.ts";
import { type AuditEntry, auditColumns } from "./audit-entry.ts";

/** One entry by its number, with its hash (hex); null when there is none. */
export async function findAuditEntry(
  db: Queryable,
  seq: number,
): Promise<(AuditEntry & { hash: string }) | null> {
  const { rows } = await db.query({
    name: "find-audit-entry",
    text: `select ${auditColumns}, before, after, encode(hash, 'hex') as hash
      from signalbox.audit_entries where seq = $1`,
    values: [seq],
  });
  return (rows[0] as (AuditEntry & { hash: string }) | undefined) ?? null;
}
