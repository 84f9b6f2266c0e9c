import type { Queryable } from "#db/client.ts";

/** A key with more jobs than this is better found among the few that stand in a state, where states are asked for. */
const many = 2_000;

/** Whether these concurrency keys have so many jobs together that other conditions narrow more. Reads one index, 2,001 entries of it at most. */
export async function hasManyOfKey(db: Queryable, keys: readonly string[]): Promise<boolean> {
  const { rows } = await db.query({
    name: "has-many-of-key",
    text: `select count(*)::int as jobs from (
      select from unnest($1::text[]) as k(key) cross join lateral (
        select from signalbox.jobs where concurrency_key = k.key limit $2) j limit $2) bounded`,
    values: [keys, many + 1],
  });
  return (rows[0] as { jobs: number }).jobs > many;
}
