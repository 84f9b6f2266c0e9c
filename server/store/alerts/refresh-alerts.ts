import type { Finding } from "#core/alert/alert.ts";
import type { Queryable } from "#db/client.ts";
import { storedBody } from "./alert-row.ts";

// Severity only ever rises while an alert is open; one that rises is nobody's yet, whoever acknowledged it before.
const refresh = `with seen as materialized (
    select * from jsonb_to_recordset($1::jsonb)
      as s(key text, severity text, "objectKind" text, "objectId" text, "sinceMs" bigint, body jsonb)),
  open as materialized (
    select a.id, a.severity = 'warning' and s.severity = 'critical' as rose, s.*
    from seen s join signalbox.alerts a on a.key = s.key and a.cleared_at_ms is null order by a.id for update of a),
  renewed as (
    update signalbox.alerts a set body = o.body, seen_at_ms = $2, object_kind = o."objectKind", object_id = o."objectId",
      since_ms = least(a.since_ms, o."sinceMs"),
      severity = case when o.rose then 'critical' else a.severity end,
      acknowledged_at_ms = case when o.rose then null else a.acknowledged_at_ms end,
      acknowledged_by = case when o.rose then null else a.acknowledged_by end,
      acknowledged_note = case when o.rose then null else a.acknowledged_note end
    from open o where a.id = o.id returning a.id, o.rose)
  select id::text as id from renewed where rose`;

/** Renew what open alerts say from what was just found. Returns the ids of those that have become critical. */
export async function refreshAlerts(
  transaction: Queryable,
  findings: readonly Finding[],
  nowMs: number,
): Promise<string[]> {
  if (findings.length === 0) return [];
  const seen = findings.map((finding) => {
    const { key, severity, objectKind, objectId, sinceMs } = finding;
    return { key, severity, objectKind, objectId, sinceMs: Math.round(sinceMs), body: storedBody(finding) };
  });
  const { rows } = await transaction.query({
    name: "refresh-alerts",
    text: refresh,
    values: [JSON.stringify(seen), nowMs],
  });
  return (rows as { id: string }[]).map(({ id }) => id);
}
