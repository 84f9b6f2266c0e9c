import type { Queryable } from "#db/client.ts";

/** The latest assessment of what needs a person, as its writer knows it; null when it is older than `maxAgeMs`. */
export async function readAttention(db: Queryable, maxAgeMs: number): Promise<unknown> {
  const { rows } = await db.query({
    name: "read-attention",
    text: "select body from signalbox.attention where at_ms > signalbox.now_ms() - $1",
    values: [maxAgeMs],
  });
  return (rows[0] as { body: unknown } | undefined)?.body ?? null;
}
