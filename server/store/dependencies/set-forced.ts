import type { Queryable } from "#db/client.ts";

/** An operator's word on a breaker; null takes it back. */
export interface ForcedWord {
  dependencyId: number;
  forced: "open" | "closed" | null;
  /** How long it counts, ms; null until somebody takes it back. */
  forMs: number | null;
  by: string;
  reason: string;
}

/** Put an operator's word on a breaker. One that was never judged comes to be, closed. */
export async function setForced(transaction: Queryable, word: ForcedWord): Promise<void> {
  const { dependencyId, forced, forMs, by, reason } = word;
  const said = forced === null ? [null, null, null, null] : [forced, by, reason, forMs];
  await transaction.query({
    text: `insert into signalbox.breakers (dependency_id, state, since_ms, forced, forced_by, forced_reason, forced_until_ms)
      values ($1, 'closed', signalbox.now_ms(), $2, $3, $4, signalbox.now_ms() + $5::bigint)
      on conflict (dependency_id) do update set forced = $2, forced_by = $3, forced_reason = $4,
        forced_until_ms = excluded.forced_until_ms`,
    values: [dependencyId, ...said],
  });
}
