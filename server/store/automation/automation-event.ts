/** Something the system did by itself, as the feed has it. */
export interface AutomationEvent {
  id: number;
  atMs: number;
  /** `noun-verbed`, as in `breaker-opened`. */
  kind: string;
  objectKind: string;
  objectId: string;
  /** Why, as a plain sentence with its figures. */
  cause: string;
  figures: Record<string, number | string | null>;
  /** What takes it back; null when nothing does, or when it ends by itself. */
  undo: { action: string; label: string } | null;
  undoneBy: string | null;
  undoneAtMs: number | null;
}

/** The columns of `automation_events` that an {@link AutomationEvent} has. */
export const automationColumns = `id::float8 as id, at_ms::float8 as "atMs", kind, object_kind as "objectKind",
  object_id as "objectId", cause, figures, undo, undone_by as "undoneBy", (extract(epoch from undone_at) * 1000)::float8 as "undoneAtMs"`;
