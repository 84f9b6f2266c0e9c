import type { Queryable } from "#db/client.ts";

/** Codes and names of the failure groups seen last, at most 200. */
export async function listErrorNames(db: Queryable): Promise<string[]> {
  const { rows } = await db.query({
    name: "list-error-names",
    text: `select distinct word from (
        select name, code from signalbox.failure_groups order by last_seen_ms desc limit 500) g
      cross join lateral unnest(array[g.code, g.name]) w(word) where word <> '' order by word limit 200`,
  });
  return (rows as { word: string }[]).map(({ word }) => word);
}
