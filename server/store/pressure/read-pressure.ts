import type { Queryable } from "#db/client.ts";

/** A part of what is known of the pressure, when it is newer than `afterMs`; null when it is not. By the key. */
export async function readPressure(
  db: Queryable,
  part: "levels" | "storage",
  afterMs: number,
): Promise<unknown> {
  const { rows } = await db.query({
    name: "read-pressure",
    text: "select body from signalbox.pressure where part = $1 and at_ms > $2",
    values: [part, Math.floor(afterMs)],
  });
  return (rows[0] as { body: unknown } | undefined)?.body ?? null;
}
