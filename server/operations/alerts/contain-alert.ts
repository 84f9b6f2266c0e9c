import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import type { AlertRow } from "#server/store/alerts/alert-row.ts";
import { findAlerts } from "#server/store/alerts/list-alerts.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import type { Engine } from "../engine.ts";
import { limitDamage } from "./limit-damage.ts";

/** What an operator confirmed: the label they saw and the jobs it was about. */
export interface ContainAlert {
  id: string;
  label: string;
  jobIds: readonly string[];
  actor: string;
  reason: string;
}

/**
 * Do what an alert offers to limit the damage, through the operation it stands for, which writes an audit entry of its own. Throws
 * `not_found`, `invalid_state` for an alert that offers nothing, `conflict` when it offers something else by now.
 */
export async function containAlert(engine: Engine, contain: ContainAlert): Promise<{ outcome: string }> {
  const { id, label, actor, reason } = contain;
  const alert = await findAlert(engine, id);
  const { containment, jobIds } = alert;
  if (containment === null || alert.clearedAtMs !== null)
    throw new SignalboxError(
      "invalid_state",
      `alert ${id} ${alert.clearedAtMs === null ? "offers nothing to press" : "is over"}: nothing was done`,
    );
  if (containment.label !== label || jobIds.join() !== contain.jobIds.join())
    throw new SignalboxError(
      "conflict",
      `alert ${id} has moved on since you read it (now: ${containment.label}): nothing was done; read it again and decide on that`,
    );
  const outcome = await limitDamage(engine, { containment, jobIds, actor, reason });
  await inTransaction(engine.pool, (transaction) =>
    insertAuditEntry(transaction, {
      ...{ actor, action: "alert.contain", objectKind: "alert", objectId: id, reason },
      after: { key: alert.key, did: label, outcome },
    }),
  );
  return { outcome };
}

/** An alert by its id; throws `not_found`. */
export async function findAlert(engine: Pick<Engine, "pool">, id: string): Promise<AlertRow> {
  const [alert] = await findAlerts(engine.pool, [id]);
  if (alert) return alert;
  throw new SignalboxError("not_found", `there is no alert ${id}: alerts that are over are kept for 90 days`);
}
