import type { z } from "zod";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { loadHeldJobs } from "#server/store/leases/load-held-jobs.ts";
import { type Renewal, renewLeases, type WorkerVitals } from "#server/store/leases/renew-leases.ts";
import { saveProgress } from "#server/store/leases/save-progress.ts";
import type { HttpContext } from "../route.ts";
import { liveWorker, workerExpired } from "./live-worker.ts";
import { type heartbeatSchema, maxProgressBytes } from "./worker-schemas.ts";

type Heartbeat = z.output<typeof heartbeatSchema>;
type Listed = Heartbeat["running"][number];
interface NamedAttempt {
  id: string;
  attempt: number;
}

export interface HeartbeatAnswer {
  cancel: NamedAttempt[];
  preempt: NamedAttempt[];
  lost: NamedAttempt[];
  drain: boolean;
}

/**
 * Renew exactly the jobs a worker lists and tell it which to stop: `cancel` was asked for, `lost` is no longer its.
 * Throws `not_found` and `worker_expired`.
 */
export async function heartbeat(
  context: HttpContext,
  workerId: string,
  beat: Heartbeat,
): Promise<HeartbeatAnswer> {
  const { engine } = context;
  const worker = await liveWorker(engine, workerId);
  const leases = await provenLeases(context, workerId, beat.running);
  const renewals = await renewByLength(context, workerId, leases, {
    running: beat.running.length,
    loopLagMs: null,
    saturation: beat.saturation ?? null,
    limit: beat.limit ?? null,
  });
  if (renewals.some((renewal) => renewal.state === null)) throw workerExpired(workerId);
  await keepProgress(context, workerId, leases);
  const held = new Set(renewals.flatMap((renewal) => renewal.leaseIds));
  const cancelled = new Set(renewals.flatMap((renewal) => renewal.cancel.map((each) => each.jobId)));
  const preempted = new Set(renewals.flatMap((renewal) => renewal.preempt));
  const isHeld = (listed: Listed) => held.has(leases.get(listed) ?? "");
  const name = ({ id, attempt }: Listed): NamedAttempt => ({ id, attempt });
  return {
    cancel: beat.running.filter((each) => isHeld(each) && cancelled.has(each.id)).map(name),
    preempt: beat.running.filter((each) => isHeld(each) && preempted.has(each.id)).map(name),
    lost: beat.running.filter((each) => !isHeld(each)).map(name),
    drain: worker.state === "draining",
  };
}

async function provenLeases(
  { tokens }: HttpContext,
  workerId: string,
  running: Listed[],
): Promise<Map<Listed, string>> {
  const leases = new Map<Listed, string>();
  for (const listed of running) {
    const proof = isJobId(listed.id) ? await tokens.read(listed.token, listed.id, listed.attempt) : null;
    if (proof !== null && proof.workerId === workerId) leases.set(listed, proof.leaseId);
  }
  return leases;
}

/** A definition that names a heartbeat holds its leases by it, the others by the server's lease length. */
async function renewByLength(
  { engine, leaseMs }: HttpContext,
  workerId: string,
  leases: Map<Listed, string>,
  vitals: WorkerVitals,
): Promise<Renewal[]> {
  const laneOf = new Map<string, number>();
  if (leases.size > 0)
    for (const job of await loadHeldJobs(
      engine.pool,
      [...leases.keys()].map(({ id }) => id),
    ))
      laneOf.set(job.id, job.lane);
  const byLength = new Map<number, string[]>([[leaseMs, []]]);
  for (const [{ id }, leaseId] of leases) {
    const ownMs =
      engine.catalog.current.lanes.get(laneOf.get(id) ?? -1)?.definition.spec.timeouts.heartbeatMs ?? leaseMs;
    byLength.set(ownMs, [...(byLength.get(ownMs) ?? []), leaseId]);
  }
  const renewals: Renewal[] = [];
  for (const [lengthMs, leaseIds] of byLength)
    renewals.push(await renewLeases(engine.pool, workerId, lengthMs, vitals, leaseIds));
  return renewals;
}

async function keepProgress(
  { engine }: HttpContext,
  workerId: string,
  leases: Map<Listed, string>,
): Promise<void> {
  const reports = [...leases].flatMap(([{ progress }, leaseId]) => {
    const text = progress === undefined ? undefined : JSON.stringify(progress);
    return text === undefined || Buffer.byteLength(text) > maxProgressBytes
      ? []
      : [{ leaseId, progress: text }];
  });
  if (reports.length > 0) await saveProgress(engine.pool, workerId, reports);
}
