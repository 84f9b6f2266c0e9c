import { SignalboxError } from "#core/error.ts";
import { inTransaction } from "#db/transaction.ts";
import { insertAuditEntry } from "#server/store/audit/insert-audit-entry.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { findWorker } from "#server/store/workers/find-worker.ts";
import { setWorkerDrain } from "#server/store/workers/set-worker-drain.ts";
import type { Engine } from "../engine.ts";

export interface DrainWorker {
  workerId: string;
  /** False takes the order back. */
  draining: boolean;
  reason: string | null;
  actor: string;
}

/**
 * Tell a worker to claim no more and finish what it has, or take that back. What it holds but has not started it hands
 * back. It stays registered until its process is stopped. Throws `not_found`, or `invalid_state` for a worker that has
 * ended or is so already.
 */
export async function drainWorker(engine: Engine, order: DrainWorker): Promise<void> {
  const { workerId, draining, reason, actor } = order;
  await inTransaction(engine.pool, async (transaction) => {
    const worker = isJobId(workerId) ? await findWorker(transaction, workerId) : null;
    if (worker === null)
      throw new SignalboxError(
        "not_found",
        `there is no worker ${workerId.slice(0, 100)}: nothing was changed`,
      );
    const turned = await setWorkerDrain(transaction, { id: workerId, draining, reason, actor });
    if (!turned)
      throw new SignalboxError("invalid_state", `worker ${workerId} is ${worker.state}: nothing was changed`);
    await insertAuditEntry(transaction, {
      actor,
      action: draining ? "worker.drain" : "worker.undrain",
      objectKind: "worker",
      objectId: workerId,
      reason,
      before: { state: worker.state },
      after: { state: draining ? "draining" : "active" },
    });
  });
}
