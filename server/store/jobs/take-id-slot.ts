import type { Queryable } from "#db/client.ts";

/** The slot (0–1023) this process makes its job ids in. */
export async function takeIdSlot(db: Queryable): Promise<number> {
  const { rows } = await db.query({ text: "select nextval('signalbox.id_slots')::int as slot" });
  return (rows[0] as { slot: number }).slot;
}
