import type { Finding } from "#core/alert/alert.ts";
import type { Queryable } from "#db/client.ts";
import { storedBody } from "./alert-row.ts";

/** What cleared less than this ago and comes back is the same alert, ms. */
const sameMs = 600_000;

/**
 * Open an alert, or take up again the one of its key that cleared within ten minutes: as one that nobody has
 * acknowledged. One that is open already stays as it is. Returns its id.
 */
export async function openAlert(transaction: Queryable, finding: Finding, nowMs: number): Promise<string> {
  const { key, kind, severity, objectKind, objectId, sinceMs } = finding;
  const { rows } = await transaction.query({
    name: "open-alert",
    text: `with again as (
        update signalbox.alerts set cleared_at_ms = null, reopened = reopened + 1, severity = $3, object_kind = $4,
          object_id = $5, body = $6, since_ms = $7, seen_at_ms = $8, acknowledged_at_ms = null, acknowledged_by = null,
          acknowledged_note = null, escalated_at_ms = null
        where id = (select id from signalbox.alerts where key = $1 order by id desc limit 1)
          and cleared_at_ms > $8::bigint - ${sameMs} returning id),
      fresh as (
        insert into signalbox.alerts as a (key, kind, severity, object_kind, object_id, body, since_ms, opened_at_ms, seen_at_ms)
        select $1, $2, $3, $4, $5, $6, $7, $8, $8 where not exists (select from again)
        on conflict (key) where cleared_at_ms is null do update set seen_at_ms = excluded.seen_at_ms returning id)
      select id::text as id from again union all select id::text from fresh`,
    values: [
      key,
      kind,
      severity,
      objectKind,
      objectId,
      JSON.stringify(storedBody(finding)),
      Math.round(sinceMs),
      nowMs,
    ],
  });
  return (rows[0] as { id: string }).id;
}
