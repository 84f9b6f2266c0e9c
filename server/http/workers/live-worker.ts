import { SignalboxError } from "#core/error.ts";
import type { Engine } from "#server/operations/engine.ts";
import { endWorker } from "#server/store/workers/end-worker.ts";
import { findWorker, type WorkerRecord } from "#server/store/workers/find-worker.ts";

/** The registration, while it lasts. Throws `not_found` for one that never was, `worker_expired` when it has ended. */
export async function liveWorker(engine: Engine, workerId: string): Promise<WorkerRecord> {
  const worker = await findWorker(engine.pool, workerId);
  if (worker === null)
    throw new SignalboxError("not_found", `there is no worker ${workerId}: register by POST /workers`);
  if (!worker.over) return worker;
  await endWorker(engine.pool, workerId, "lost");
  throw workerExpired(workerId);
}

/** The refusal of a call for a registration that has ended. */
export function workerExpired(workerId: string): SignalboxError {
  return new SignalboxError(
    "worker_expired",
    `the registration of worker ${workerId} has ended: it was given up, or sent no heartbeat in time; register again by POST /workers`,
  );
}
