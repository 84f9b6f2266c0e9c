import type { Queryable } from "#db/client.ts";

/** The database's now, in milliseconds since 1970: the clock by which every figure of the console is dated. */
export async function readNow(db: Queryable): Promise<number> {
  const { rows } = await db.query({ name: "read-now", text: `select signalbox.now_ms()::float8 as "nowMs"` });
  return (rows as { nowMs: number }[])[0]?.nowMs ?? 0;
}
