import type { Queryable } from "#db/client.ts";

/** The channel on which workers hear that lanes have work. */
export const readyChannel = "signalbox_ready";

/** Tell listening workers that these lanes have work: a hint, sent outside any transaction that matters. */
export async function notifyReady(db: Queryable, lanes: number[]): Promise<void> {
  await db.query({
    name: "notify-ready",
    text: "select pg_notify('signalbox_ready', $1)",
    values: [lanes.slice(0, 500).join(",")],
  });
}
