import { releaseAttempts } from "#server/operations/attempts/release-attempts.ts";
import type { Engine } from "#server/operations/engine.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import { listWorkerLeases } from "#server/store/leases/list-worker-leases.ts";
import { endWorker } from "#server/store/workers/end-worker.ts";
import { liveWorker } from "./live-worker.ts";

/**
 * End a registration. What the worker still holds it has not started, or it would have settled it: those jobs stand
 * where they stood, with no trace of an attempt. Returns how many. Throws `not_found` and `worker_expired`.
 */
export async function giveUpWorker(engine: Engine, workerId: string): Promise<number> {
  await liveWorker(engine, workerId);
  await endWorker(engine.pool, workerId, "stopped");
  const leases = await listWorkerLeases(engine.pool, workerId);
  const held = leases.flatMap(({ leaseId, held }) => held.map((each) => ({ ...each, leaseId })));
  if (held.length === 0) return 0;
  const { jobs } = await loadJobRows(
    engine.pool,
    held.map((each) => each.jobId),
    { brief: true },
  );
  const runAtMs = new Map(jobs.map((job) => [job.id, job.runAtMs]));
  const rows = held.map(({ jobId, leaseId, attempt }) => ({
    id: jobId,
    leaseId,
    attempt,
    runAtMs: runAtMs.get(jobId) ?? engine.clock.nowMs(),
  }));
  const released = await releaseAttempts(
    engine,
    workerId,
    rows,
    leases.map(({ leaseId }) => leaseId),
  );
  return released.size;
}
