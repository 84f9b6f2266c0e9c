import type { Queryable } from "#db/client.ts";
import { numberArray } from "../number-array.ts";

/**
 * Put off retries that the transaction has locked: each until its own moment between `waitMs` and one and a half times that
 * from now, so that they do not come back together. No attempt is used.
 */
export async function deferRetries(
  transaction: Queryable,
  ids: readonly string[],
  waitMs: number,
): Promise<void> {
  await transaction.query({
    name: "defer-retries",
    text: `update signalbox.scheduled
      set run_at_ms = signalbox.now_ms() + ($2 * (1 + random() / 2))::bigint, deferrals = least(deferrals + 1, 30000)
      where id = any($1::bigint[])`,
    values: [numberArray(ids), waitMs],
  });
}
