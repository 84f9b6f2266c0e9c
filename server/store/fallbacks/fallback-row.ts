/** Where a class of a lane was looked at last: everything up to here was. */
export interface LookedPlace {
  runAtMs: number;
  id: string;
}

/** How far the lanes of a held definition were looked through. */
export interface FallbackWalk {
  /** What the walk goes by; another fallback, or another version of either definition, begins anew. */
  key: string;
  /** When it began, ms. */
  beganAtMs: number;
  /** Jobs met in this walk that the fallback cannot take. */
  unfit: number;
  /** Whether it has reached the end of all lanes. */
  done: boolean;
  /** By lane and rank, as `lane rank`. */
  places: Record<string, LookedPlace>;
}

/** What the fallback of a definition did in the hold that lasts, or in the last one. */
export interface FallbackRow {
  definitionId: number;
  /** Whose breaker holds it. */
  dependency: string;
  sinceMs: number;
  /** Null while the hold lasts. */
  endedMs: number | null;
  diverted: number;
  answered: number;
  unfit: number;
  /** Why it takes none now; null while it does. */
  bar: string | null;
  eventId: number | null;
  walk: FallbackWalk;
}

/** The columns of `fallbacks f` that a {@link FallbackRow} has. */
export const fallbackColumns = `f.definition_id as "definitionId", f.dependency, f.since_ms::float8 as "sinceMs",
  f.ended_ms::float8 as "endedMs", f.diverted, f.answered, f.unfit, f.bar, f.event_id::float8 as "eventId", f.body as walk`;
