import type { Queryable } from "#db/client.ts";

/** How long it is known where a diverted job came from, ms. */
export const diversionsKeptMs = 86_400_000;

// By definition, whose fallback says how long its results are of use; without one they are of none.
const results = `delete from signalbox.cached_results where ctid = any(array(
    select c.ctid from signalbox.definitions d
    join signalbox.definition_versions v on v.definition_id = d.id and v.version = d.version
    cross join lateral (
      select ctid from signalbox.cached_results
      where definition_id = d.id and finished_at_ms < (select signalbox.now_ms()) - coalesce((v.body#>>'{fallback,maxAgeMs}')::bigint, 0)
      order by finished_at_ms limit $1) c
    limit $1))`;
const diversions = `delete from signalbox.diversions where job_id = any(array(
    select job_id from signalbox.diversions where at_ms < (select signalbox.now_ms()) - ${diversionsKeptMs} order by at_ms limit $1))`;

/** Delete up to `limit` cached results that are too old, and as many old diversions. Returns whether there may be more. */
export async function deleteStaleFallbacks(transaction: Queryable, limit: number): Promise<boolean> {
  let more = false;
  for (const text of [results, diversions]) {
    const { rowCount } = await transaction.query({ text, values: [limit] });
    if ((rowCount ?? 0) >= limit) more = true;
  }
  return more;
}
