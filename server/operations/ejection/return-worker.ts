import { SignalboxError } from "#core/error.ts";
import type { Queryable } from "#db/client.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { listEjections } from "#server/store/ejection/list-ejections.ts";
import { replaceEjections } from "#server/store/ejection/replace-ejections.ts";
import type { Engine } from "../engine.ts";

/** Who has an ejected worker given jobs again, and why. */
export interface ReturnWorker {
  workerId: string;
  reason: string | null;
  actor: string;
}

/** Give an ejected or probed worker jobs like any other, at once. Throws `invalid_state` for one that is neither. */
export async function returnWorker(engine: Engine, act: ReturnWorker): Promise<void> {
  await inTransaction(engine.pool, (transaction) => writeReturned(engine, transaction, act));
}

/** The same within a transaction that does more. */
export async function writeReturned(
  engine: Engine,
  transaction: Queryable,
  { workerId, reason, actor }: ReturnWorker,
): Promise<void> {
  const ejections = await listEjections(transaction);
  const before = ejections.find((each) => each.workerId === workerId && each.phase !== "returned");
  if (before === undefined)
    throw new SignalboxError(
      "invalid_state",
      `worker ${workerId.slice(0, 100)} is not ejected: nothing was changed`,
    );
  const nowMs = engine.clock.nowMs();
  const after = ejections.map((each) =>
    each === before ? { ...each, phase: "returned" as const, sinceMs: nowMs, untilMs: null } : each,
  );
  await replaceEjections(transaction, after, [workerId]);
  await insertAuditEntry(transaction, {
    actor,
    action: "worker.return",
    objectKind: "worker",
    objectId: workerId,
    reason,
    before: { ejection: before.phase },
    after: { ejection: "returned" },
  });
}
