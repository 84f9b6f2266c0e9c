import type { Queryable } from "#db/client.ts";

/** An act that a chart shows where it happened. */
export interface AuditMark {
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

/** Objects whose acts say nothing of how work flows. Single jobs are left out by the index. */
const quiet = ["token", "user", "session", "view", "link"];

/**
 * The latest `limit` acts of a span of time that may have changed how work flows, oldest first: those on queues,
 * policies, rules, definitions and many jobs at once. With `queue`, of other queues' acts none.
 */
export async function listAuditMarks(
  db: Queryable,
  span: { fromMs: number; toMs: number; queue: string | null; limit: number },
): Promise<AuditMark[]> {
  const ofQueue = span.queue === null ? "" : "and (object_kind <> 'queue' or object_id = $5)";
  const { rows } = await db.query({
    text: `select seq::float8 as seq, (extract(epoch from at) * 1000)::float8 as "atMs", actor, action,
        object_kind as "objectKind", object_id as "objectId", reason,
        case when object_kind = 'queue' then before end as before,
        case when object_kind = 'queue' then after end as after
      from signalbox.audit_entries
      where object_kind <> 'job' and object_kind <> all($3) ${ofQueue}
        and at >= timestamptz 'epoch' + $1::float8 * interval '1 millisecond'
        and at < timestamptz 'epoch' + $2::float8 * interval '1 millisecond'
      order by at desc limit $4`,
    values: [span.fromMs, span.toMs, quiet, span.limit, ...(span.queue === null ? [] : [span.queue])],
  });
  return (rows as AuditMark[]).reverse();
}
