import type { Queryable } from "#db/client.ts";
import { numberArray } from "../number-array.ts";

/**
 * Put off retries that the transaction has locked, in their order: the first for `waitMs`, each other `gapMs` later than
 * the one before, as the budget fills, and up to half a gap more by chance. No attempt is used.
 */
export async function deferRetries(
  transaction: Queryable,
  ids: readonly string[],
  wait: { waitMs: number; gapMs: number },
): Promise<void> {
  await transaction.query({
    name: "defer-retries",
    text: `update signalbox.scheduled s
      set run_at_ms = signalbox.now_ms() + ($2::float8 + $3::float8 * (t.place - 1 + random() / 2))::bigint,
        deferrals = least(s.deferrals + 1, 30000)
      from unnest($1::bigint[]) with ordinality as t(id, place) where s.id = t.id`,
    values: [numberArray(ids), wait.waitMs, wait.gapMs],
  });
}
