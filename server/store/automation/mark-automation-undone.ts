import type { Queryable } from "#db/client.ts";

/** Note on an event that the transaction has locked who took it back; the time is the database's. */
export async function markAutomationUndone(transaction: Queryable, id: number, by: string): Promise<void> {
  await transaction.query({
    text: "update signalbox.automation_events set undone_by = $2, undone_at = clock_timestamp() where id = $1",
    values: [id, by],
  });
}
