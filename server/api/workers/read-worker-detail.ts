import { type PriorityClass, priorityAt } from "#core/priority/priority-class.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { findWorkerRow } from "#server/store/overview/find-worker-row.ts";
import type { WorkerRow } from "#server/store/overview/read-workers.ts";
import { readWorkerJobs } from "#server/store/workers/read-worker-jobs.ts";
import type { ApiContext } from "../context.ts";

/** A job that a worker holds, by its names. */
export interface HeldJob {
  id: string;
  attempt: number;
  definition: string;
  queue: string;
  priority: PriorityClass;
  sinceMs: number;
  progress: string | null;
  cancelAsked: boolean;
}

export interface WorkerDetail {
  asOfMs: number;
  worker: WorkerRow;
  jobs: HeldJob[];
  /** Whether it holds more than these. */
  more: boolean;
}

const mostJobs = 200;

/** A worker and what it holds now, or null when there never was one of that id. */
export async function readWorkerDetail(ctx: ApiContext, id: string): Promise<WorkerDetail | null> {
  if (!isJobId(id)) return null;
  const [worker, held] = await Promise.all([
    findWorkerRow(ctx.db, id),
    readWorkerJobs(ctx.db, id, mostJobs + 1),
  ]);
  if (worker === null) return null;
  const { lanes } = ctx.engine.catalog.current;
  const jobs = held.slice(0, mostJobs).map(({ lane, rank, ...job }): HeldJob => {
    const known = lanes.get(lane);
    const names = { definition: known?.definition.name ?? "?", queue: known?.queue.name ?? "?" };
    return { ...job, ...names, priority: priorityAt(rank) };
  });
  return { asOfMs: ctx.engine.clock.nowMs(), worker, jobs, more: held.length > mostJobs };
}
