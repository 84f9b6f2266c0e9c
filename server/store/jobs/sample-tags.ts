import type { Queryable } from "#db/client.ts";

/** The tags of the newest 5,000 jobs, the most common first, at most 200. */
export async function sampleTags(db: Queryable): Promise<string[]> {
  const { rows } = await db.query({
    name: "sample-tags",
    text: `select tag from (select tags from signalbox.jobs order by id desc limit 5000) j cross join lateral unnest(j.tags) t(tag)
      group by tag order by count(*) desc, tag limit 200`,
  });
  return (rows as { tag: string }[]).map(({ tag }) => tag);
}
