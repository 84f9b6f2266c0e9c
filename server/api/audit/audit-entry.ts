/** What the browser gets of the audit trail. */
export type { AuditEntry, AuditPage } from "#server/store/audit/list-audit-entries.ts";
