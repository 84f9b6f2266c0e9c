import type { Queryable } from "#db/client.ts";

/** Delete counts of submits under pressure from before `beforeMs`; a day has few enough to go at once. */
export async function pruneAdmissions(transaction: Queryable, beforeMs: number): Promise<void> {
  await transaction.query({
    name: "prune-admissions",
    text: "delete from signalbox.admission_counts where at_ms < $1",
    values: [Math.floor(beforeMs)],
  });
}
