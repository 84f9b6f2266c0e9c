import type { Queryable } from "#db/client.ts";

export interface NewAuditEntry {
  actor: string;
  /** `noun.verb`, as in `job.cancel`. */
  action: string;
  objectKind: string;
  objectId: string;
  reason?: string | null;
  before?: unknown;
  after?: unknown;
}

/**
 * Record who did what, in the transaction that does it. The entry joins the chain when that commits, so that whatever
 * else the transaction locks it locks before the head of the chain (docs/adr/0011-audit-chain.md).
 */
export async function insertAuditEntry(transaction: Queryable, entry: NewAuditEntry): Promise<void> {
  await transaction.query({
    text: `insert into signalbox.audit_pending (actor, action, object_kind, object_id, reason, before, after)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      entry.actor,
      entry.action,
      entry.objectKind,
      entry.objectId,
      entry.reason ?? null,
      entry.before === undefined ? null : JSON.stringify(entry.before),
      entry.after === undefined ? null : JSON.stringify(entry.after),
    ],
  });
}
