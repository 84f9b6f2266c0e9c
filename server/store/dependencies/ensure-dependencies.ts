import type { Queryable } from "#db/client.ts";

/** Make sure of a row for each of these names, in the transaction that first names them. */
export async function ensureDependencies(transaction: Queryable, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await transaction.query({
    text: `insert into signalbox.dependencies (name) select unnest($1::text[]) on conflict (name) do nothing`,
    values: [[...names].sort()],
  });
}
