import type { AlertKind, AlertSeverity } from "#core/alert/alert.ts";
import type { Queryable } from "#db/client.ts";
import { type AlertRow, alertColumns, toAlertRow } from "./alert-row.ts";

/** What a list is narrowed to; all of what is given holds. */
export interface AlertFilter {
  kind?: AlertKind | null | undefined;
  severity?: AlertSeverity | null | undefined;
  /** Alerts about one object, with its kind. */
  objectKind?: string | null | undefined;
  objectId?: string | null | undefined;
}

const narrowed = `($1::text is null or a.kind = $1) and ($2::text is null or a.severity = $2)
  and ($3::text is null or a.object_kind = $3) and ($4::text is null or a.object_id = $4)`;
const valuesOf = ({ kind, severity, objectKind, objectId }: AlertFilter) => [
  ...[kind ?? null, severity ?? null, objectKind ?? null, objectId ?? null],
];

/** Open alerts, critical ones first, then the newest, from after a place. There are some hundreds at most. */
export async function listOpenAlerts(
  db: Queryable,
  filter: AlertFilter,
  after: { critical: boolean; id: string } | null,
  limit: number,
): Promise<AlertRow[]> {
  const { rows } = await db.query({
    name: "list-open-alerts",
    text: `select ${alertColumns} from signalbox.alerts a
      where a.cleared_at_ms is null and ${narrowed}
        and ($5::boolean is null or (a.severity = 'critical', a.id) < ($5, $6::bigint))
      order by (a.severity = 'critical') desc, a.id desc limit $7`,
    values: [...valuesOf(filter), after?.critical ?? null, after?.id ?? null, limit],
  });
  return rows.map(toAlertRow);
}

/** Alerts that are over, newest first, from before an id. */
export async function listPastAlerts(
  db: Queryable,
  filter: AlertFilter,
  beforeId: string | null,
  limit: number,
): Promise<AlertRow[]> {
  const { rows } = await db.query({
    name: "list-past-alerts",
    text: `select ${alertColumns} from signalbox.alerts a
      where a.cleared_at_ms is not null and ${narrowed} and ($5::bigint is null or a.id < $5)
      order by a.id desc limit $6`,
    values: [...valuesOf(filter), beforeId, limit],
  });
  return rows.map(toAlertRow);
}

/** Alerts by their ids, in their order. */
export async function findAlerts(db: Queryable, ids: readonly string[]): Promise<AlertRow[]> {
  const { rows } = await db.query({
    name: "find-alerts",
    text: `select ${alertColumns} from signalbox.alerts a where a.id = any($1::bigint[]) order by a.id`,
    values: [ids],
  });
  return rows.map(toAlertRow);
}
