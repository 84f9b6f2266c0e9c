import type { Queryable } from "#db/client.ts";

/** Something the system did by itself. */
export interface NewAutomationEvent {
  /** `noun-verbed`, as in `breaker-opened`. */
  kind: string;
  objectKind: string;
  objectId: string;
  /** Why, as a plain sentence with its figures. */
  cause: string;
  figures: Record<string, number | string | null>;
  /** What takes it back; null when nothing does, or when it ends by itself. */
  undo: { action: string; label: string } | null;
}

/** Append to the automation feed; its time is the database's. Returns its number. */
export async function insertAutomationEvent(db: Queryable, event: NewAutomationEvent): Promise<number> {
  const { kind, objectKind, objectId, cause, figures, undo } = event;
  const { rows } = await db.query({
    name: "insert-automation-event",
    text: `insert into signalbox.automation_events (kind, object_kind, object_id, cause, figures, undo)
      values ($1, $2, $3, $4, $5, $6) returning id::float8 as id`,
    values: [
      kind,
      objectKind,
      objectId,
      cause,
      JSON.stringify(figures),
      undo === null ? null : JSON.stringify(undo),
    ],
  });
  return (rows[0] as { id: number }).id;
}
