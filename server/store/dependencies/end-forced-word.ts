import type { Queryable } from "#db/client.ts";

/** An operator's word that has ended. */
export interface EndedWord {
  forced: "open" | "closed";
  by: string | null;
  reason: string | null;
}

/** Take an operator's word off a breaker whose time is over, by the database's clock; null when there is none. */
export async function endForcedWord(transaction: Queryable, dependencyId: number): Promise<EndedWord | null> {
  const { rows } = await transaction.query({
    name: "end-forced-word",
    text: `with over as materialized (
        select dependency_id, forced, forced_by as by, forced_reason as reason from signalbox.breakers
        where dependency_id = $1 and forced is not null and forced_until_ms <= signalbox.now_ms() for update),
      ended as (
        update signalbox.breakers b set forced = null, forced_by = null, forced_reason = null, forced_until_ms = null
        from over o where b.dependency_id = o.dependency_id)
      select forced, by, reason from over`,
    values: [dependencyId],
  });
  return (rows[0] as EndedWord | undefined) ?? null;
}
