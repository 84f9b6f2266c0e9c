import type { AlertBody } from "#core/alert/alert.ts";
import { silences } from "./alert-row.ts";

/** An alert that every page shows until somebody takes it on. */
export interface UrgentAlert
  extends Pick<AlertBody, "kind" | "objectKind" | "objectId" | "cause" | "sinceMs"> {
  id: string;
}

/** What is open, for the rail, and what asks for somebody now, for the banner. */
export interface OpenAlerts {
  open: number;
  /** Open, critical, not acknowledged and not silenced. */
  urgent: number;
  /** The newest of those. */
  first: UrgentAlert | null;
}

/** The statement of one {@link OpenAlerts}, for reading it together with others. */
export const openAlerts = `select count(*)::int as open, count(*) filter (where urgent)::int as urgent,
  (array_agg(jsonb_build_object('id', id::text, 'kind', kind, 'objectKind', object_kind, 'objectId', object_id,
    'cause', body ->> 'cause', 'sinceMs', since_ms) order by id desc) filter (where urgent))[1] as first
  from (select a.*, a.severity = 'critical' and a.acknowledged_at_ms is null
      and not exists (select from signalbox.alert_silences s where ${silences}) as urgent
    from signalbox.alerts a where a.cleared_at_ms is null limit 500) o`;
