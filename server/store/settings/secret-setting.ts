import type { Queryable } from "#db/client.ts";

/** A secret every process of this database shares: the stored one, or `candidate` when there was none. */
export async function secretSetting(db: Queryable, key: string, candidate: string): Promise<string> {
  await db.query({
    text: `insert into signalbox.settings (key, value, updated_by) values ($1, to_jsonb($2::text), 'system') on conflict (key) do nothing`,
    values: [key, candidate],
  });
  const { rows } = await db.query({
    text: "select value #>> '{}' as value from signalbox.settings where key = $1",
    values: [key],
  });
  return (rows[0] as { value: string }).value;
}
