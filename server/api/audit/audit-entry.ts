/** What the browser gets of the audit trail. */
export type { AuditEntry } from "#server/store/audit/audit-entry.ts";
export type { AuditPage } from "#server/store/audit/list-audit-entries.ts";
