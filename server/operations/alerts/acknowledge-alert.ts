import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { acknowledgeAlert as note } from "#server/store/alerts/acknowledge-alert.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import type { Engine } from "../engine.ts";
import { findAlert } from "./contain-alert.ts";

/**
 * Take an open alert on: it leaves the banner, and no policy acts on it. It is asked about anew when it becomes critical
 * or comes back. Throws `not_found`, or `invalid_state` when it is over or somebody has it.
 */
export async function acknowledgeAlert(
  engine: Engine,
  { id, actor, reason }: { id: string; actor: string; reason: string | null },
): Promise<void> {
  const alert = await findAlert(engine, id);
  await inTransaction(engine.pool, async (transaction) => {
    if (!(await note(transaction, { id, by: actor, note: reason })))
      throw new SignalboxError(
        "invalid_state",
        alert.acknowledged === null
          ? `alert ${id} is over: there is nothing to acknowledge`
          : `alert ${id} was acknowledged by ${alert.acknowledged.by} already: nothing was changed`,
      );
    await insertAuditEntry(transaction, {
      ...{ actor, action: "alert.acknowledge", objectKind: "alert", objectId: id, reason },
      after: { key: alert.key, severity: alert.severity },
    });
  });
}
