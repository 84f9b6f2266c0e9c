import type { Queryable } from "#db/client.ts";
import { type AutomationEvent, automationColumns } from "./automation-event.ts";

/** An event, locked until the transaction ends; null when there is none of that number. */
export async function lockAutomationEvent(
  transaction: Queryable,
  id: number,
): Promise<AutomationEvent | null> {
  const { rows } = await transaction.query({
    text: `select ${automationColumns} from signalbox.automation_events where id = $1 for no key update`,
    values: [id],
  });
  return (rows[0] as AutomationEvent | undefined) ?? null;
}
