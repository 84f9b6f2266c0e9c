import type { AlertBody } from "#core/alert/alert.ts";

/** An alert as it is kept. `silencedUntilMs` is null while nobody has silenced it. */
export interface AlertRow extends AlertBody {
  id: string;
  key: string;
  openedAtMs: number;
  /** When it was last found. */
  seenAtMs: number;
  clearedAtMs: number | null;
  reopened: number;
  acknowledged: { atMs: number; by: string; note: string | null } | null;
  silencedUntilMs: number | null;
  escalatedAtMs: number | null;
  /** What a policy did about it. */
  acted: { action: string; atMs: number } | null;
}

/** Whether a silence `s` is in force and covers an alert `a`. */
export const silences = `s.ended_at_ms is null and s.until_ms > (select signalbox.now_ms())
  and (s.key is null or s.key = a.key) and (s.kind is null or s.kind = a.kind)
  and (s.object_kind is null or (s.object_kind = a.object_kind and s.object_id = a.object_id))`;

/** The columns of an {@link AlertRow} of `alerts a`, but for those that are in its body; see {@link toAlertRow}. */
export const alertColumns = `a.id::text as id, a.key, a.kind, a.severity, a.object_kind as "objectKind",
  a.object_id as "objectId", a.body, a.since_ms::float8 as "sinceMs", a.opened_at_ms::float8 as "openedAtMs",
  a.seen_at_ms::float8 as "seenAtMs", a.cleared_at_ms::float8 as "clearedAtMs", a.reopened,
  case when a.acknowledged_at_ms is not null then jsonb_build_object('atMs', a.acknowledged_at_ms,
    'by', a.acknowledged_by, 'note', a.acknowledged_note) end as acknowledged,
  (select max(s.until_ms)::float8 from signalbox.alert_silences s
    where a.cleared_at_ms is null and ${silences}) as "silencedUntilMs",
  a.escalated_at_ms::float8 as "escalatedAtMs", a.acted`;

/** What of an alert is kept as its body. */
export type StoredBody = Pick<
  AlertBody,
  "jobIds" | "evidence" | "cause" | "ruledOut" | "whatToDo" | "containment" | "runbook"
>;

/** The stored part of what was found. */
export function storedBody(alert: AlertBody): StoredBody {
  const { jobIds, evidence, cause, ruledOut, whatToDo, containment, runbook } = alert;
  return { jobIds, evidence, cause, ruledOut, whatToDo, containment, runbook };
}

/** A row of the columns above. */
export function toAlertRow(row: unknown): AlertRow {
  const { body, ...alert } = row as Omit<AlertRow, keyof StoredBody> & { body: StoredBody };
  return { ...alert, ...body };
}
