import type { Queryable } from "#db/client.ts";

/** Where the chain says that it ends. */
export interface AuditHead {
  /** Names the chain in its anchors. */
  chain: string;
  /** Number of the last entry; 0 before the first. */
  seq: number;
  /** Hash of the last entry, hex. */
  hash: string;
}

/** The head of the chain. */
export async function readAuditHead(db: Queryable): Promise<AuditHead> {
  const { rows } = await db.query({
    text: `select chain::text, seq::float8 as seq, encode(hash, 'hex') as hash from signalbox.audit_head`,
  });
  const [head] = rows as AuditHead[];
  // Its triggers forbid it, but an owner can do what he likes: a chain without an end is one cut to nothing.
  return head ?? { chain: "", seq: 0, hash: "" };
}
