import type { Queryable } from "#db/client.ts";
import { numberArray } from "../number-array.ts";
import type { Promotion } from "./promote-due.ts";

/** Move these jobs, which the transaction has locked, from scheduled to ready. */
export async function promoteLocked(transaction: Queryable, ids: readonly string[]): Promise<Promotion> {
  const { rows } = await transaction.query({
    name: "promote-locked",
    text: `with gone as (
        delete from signalbox.scheduled where id = any($1::bigint[])
        returning run_at_ms, id, lane, attempt, class, failures, losses, amended),
      moved as (
        insert into signalbox.ready (run_at_ms, id, lane, attempt, class, failures, losses, amended)
        select run_at_ms, id, lane, attempt, class, failures, losses, amended from gone)
      select count(*)::int as moved, coalesce(array_agg(distinct lane), '{}') as lanes,
        (select run_at_ms - signalbox.now_ms() from signalbox.scheduled where run_at_ms > (select signalbox.now_ms())
          order by run_at_ms, id limit 1)::float8 as "nextInMs"
      from gone`,
    values: [numberArray(ids)],
  });
  return rows[0] as Promotion;
}
