import type { Queryable } from "#db/client.ts";

/** The concurrency keys of the newest 5,000 jobs, the most common first, at most 200. */
export async function sampleConcurrencyKeys(db: Queryable): Promise<string[]> {
  const { rows } = await db.query({
    name: "sample-concurrency-keys",
    text: `select key from (select concurrency_key as key from signalbox.jobs order by id desc limit 5000) j where key is not null
      group by key order by count(*) desc, key limit 200`,
  });
  return (rows as { key: string }[]).map(({ key }) => key);
}
