import type { Queryable } from "#db/client.ts";

/** Say anew what an event that goes on came to; the transaction has it locked. */
export async function updateAutomationEvent(
  transaction: Queryable,
  id: number,
  { cause, figures }: { cause: string; figures: Record<string, number | string | null> },
): Promise<void> {
  await transaction.query({
    name: "update-automation-event",
    text: "update signalbox.automation_events set cause = $2, figures = $3 where id = $1",
    values: [id, cause, JSON.stringify(figures)],
  });
}
