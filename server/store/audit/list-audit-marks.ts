import type { Queryable } from "#db/client.ts";
import { type AuditEntry, auditColumns } from "./audit-entry.ts";

/** Objects whose acts say nothing of how work flows. Single jobs are left out by the index. */
const quiet = ["token", "user", "session", "view", "link"];

/**
 * The latest `limit` acts of a span of time that may have changed how work flows, oldest first: those on queues,
 * policies, rules, definitions and many jobs at once. With `queue`, of other queues' acts none.
 */
export async function listAuditMarks(
  db: Queryable,
  span: { fromMs: number; toMs: number; queue: string | null; limit: number },
): Promise<AuditEntry[]> {
  const ofQueue = span.queue === null ? "" : "and (object_kind <> 'queue' or object_id = $5)";
  const { rows } = await db.query({
    text: `select ${auditColumns},
        case when object_kind = 'queue' then before end as before,
        case when object_kind = 'queue' then after end as after
      from signalbox.audit_entries
      where object_kind <> 'job' and object_kind <> all($3) ${ofQueue}
        and at >= timestamptz 'epoch' + $1::float8 * interval '1 millisecond'
        and at < timestamptz 'epoch' + $2::float8 * interval '1 millisecond'
      order by at desc limit $4`,
    values: [span.fromMs, span.toMs, quiet, span.limit, ...(span.queue === null ? [] : [span.queue])],
  });
  return (rows as AuditEntry[]).reverse();
}
