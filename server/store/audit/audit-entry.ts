/** Who did what to what, when and why. */
export interface AuditEntry {
  seq: number;
  atMs: number;
  actor: string;
  action: string;
  objectKind: string;
  objectId: string;
  reason: string | null;
  before?: unknown;
  after?: unknown;
}

/** The columns of `audit_entries` that an {@link AuditEntry} has, beside what was before and after. */
export const auditColumns = `seq::float8 as seq, (extract(epoch from at) * 1000)::float8 as "atMs", actor, action,
  object_kind as "objectKind", object_id as "objectId", reason`;
