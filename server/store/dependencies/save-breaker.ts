import type { Queryable } from "#db/client.ts";

/** A breaker with its gate, as the policy says; an operator's word on it stays. */
export interface SavedBreaker {
  dependencyId: number;
  state: string;
  sinceMs: number;
  untilMs: number | null;
  ratePerSecond: number | null;
  multiplier: number;
  slowMs: number | null;
  body: unknown;
  /** Whether it is the first that its writer knows of it: only then may it go over one that was made to forget. */
  isNew: boolean;
}

/** Write a breaker, whether or not there was one; false when it was made to forget meanwhile, and nothing is written. */
export async function saveBreaker(transaction: Queryable, breaker: SavedBreaker): Promise<boolean> {
  const { dependencyId, state, sinceMs, untilMs, ratePerSecond, multiplier, slowMs, body, isNew } = breaker;
  const { rowCount } = await transaction.query({
    name: "save-breaker",
    text: `insert into signalbox.breakers (dependency_id, state, since_ms, until_ms, rate_per_second, multiplier, slow_ms, body)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (dependency_id) do update set state = $2, since_ms = $3, until_ms = $4, rate_per_second = $5,
        multiplier = $6, slow_ms = $7, body = $8
      where $9 or breakers.body <> '{}'`,
    values: [
      dependencyId,
      state,
      Math.floor(sinceMs),
      untilMs === null ? null : Math.ceil(untilMs),
      ratePerSecond,
      multiplier,
      slowMs,
      JSON.stringify(body),
      isNew,
    ],
  });
  return rowCount === 1;
}
