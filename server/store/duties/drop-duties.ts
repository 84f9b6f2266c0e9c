import type { Queryable } from "#db/client.ts";

/** Give up every duty of an owner that is stopping, so that another need not wait for it to run out. */
export async function dropDuties(db: Queryable, owner: string): Promise<void> {
  await db.query({
    text: "update signalbox.duties set until = clock_timestamp() where owner = $1 and until > clock_timestamp()",
    values: [owner],
  });
}
