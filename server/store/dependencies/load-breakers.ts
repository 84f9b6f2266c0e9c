import type { Queryable } from "#db/client.ts";

/** A breaker as the policy left it, with an operator's word on it. */
export interface BreakerRow {
  dependencyId: number;
  forced: "open" | "closed" | null;
  /** That word has run out, by the database's clock. */
  isForcedOver: boolean;
  /** A state of core/breaker; empty when an operator forced it before it was ever judged. */
  body: unknown;
}

/** All breakers: as many as dependencies at most. */
export async function loadBreakers(db: Queryable): Promise<BreakerRow[]> {
  const { rows } = await db.query({
    name: "load-breakers",
    text: `select dependency_id as "dependencyId", forced, coalesce(forced_until_ms <= signalbox.now_ms(), false) as "isForcedOver", body
      from signalbox.breakers`,
  });
  return rows as BreakerRow[];
}
