import type { Queryable } from "#db/client.ts";

/** How a dependency is held now, as its breaker row says. */
export interface GateRow {
  dependencyId: number;
  state: "closed" | "open" | "half-open" | "recovering";
  forced: "open" | "closed" | null;
  /** When the operator's word ends by itself; null when somebody has to end it. */
  forcedUntilMs: number | null;
  sinceMs: number;
  untilMs: number | null;
  ratePerSecond: number | null;
  multiplier: number;
  slowMs: number | null;
}

/** The gates of all dependencies that have ever been anything but closed: as many rows as dependencies at most. */
export async function loadGates(db: Queryable): Promise<GateRow[]> {
  const { rows } = await db.query({
    name: "load-gates",
    text: `select dependency_id as "dependencyId", state, forced,
        forced_until_ms::float8 as "forcedUntilMs", since_ms::float8 as "sinceMs", until_ms::float8 as "untilMs",
        rate_per_second as "ratePerSecond", multiplier, slow_ms as "slowMs"
      from signalbox.breakers`,
  });
  return rows as GateRow[];
}
