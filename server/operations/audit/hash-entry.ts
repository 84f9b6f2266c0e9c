import { createHash } from "node:crypto";
import type { ChainRow } from "#server/store/audit/read-chain.ts";

/** What the first entry has in place of the hash before it. */
export const noHash: Buffer = Buffer.alloc(32);

/**
 * The hash that an entry must have: SHA-256 over the hash before it and its canonical text, which is each field as its
 * length in bytes of UTF-8, a colon, its text and a comma; a dash stands for a missing one. Postgres makes the same in
 * audit_hash() (db/migrations/0003_audit.sql).
 */
export function hashEntry(row: ChainRow): Buffer {
  const text =
    field(String(row.seq)) +
    field(String(row.atUs)) +
    field(row.actor) +
    field(row.action) +
    field(row.objectKind) +
    field(row.objectId) +
    field(row.reason) +
    field(row.before) +
    field(row.after);
  return createHash("sha256").update(row.prev).update(text, "utf8").digest();
}

function field(value: string | null): string {
  return value === null ? "-," : `${Buffer.byteLength(value)}:${value},`;
}
