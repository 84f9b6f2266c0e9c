import type { Queryable } from "#db/client.ts";

const standardMs = 600_000;

/** How long an operator may take a cancel or a discard back, ms: the setting `recallWindowMs`, default 10 minutes. */
export async function recallWindowMs(db: Queryable): Promise<number> {
  const { rows } = await db.query({
    name: "read-recall-window",
    text: "select (value #>> '{}')::float8 as ms from signalbox.settings where key = 'recallWindowMs' and jsonb_typeof(value) = 'number'",
  });
  return (rows[0] as { ms: number } | undefined)?.ms ?? standardMs;
}
