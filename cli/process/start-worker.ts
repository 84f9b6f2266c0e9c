import { createWorker, type JobDefinition } from "#sdk/index.ts";
import type { Log } from "#server/system/log.ts";
import type { Settings } from "#server/system/settings.ts";
import type { RunningPart } from "./run-until-stopped.ts";

export interface WorkerProcess {
  connectionString: string;
  jobs: readonly JobDefinition[];
  pool: string;
  concurrency: number;
  /** Adapts its concurrency down to this; undefined for one that does not adapt. */
  minConcurrency: number | undefined;
  settings: Settings;
  log: Log;
}

/** Starts a worker. Rejects when it cannot start. */
export async function startWorker(options: WorkerProcess): Promise<RunningPart> {
  const { settings, ...worker } = options;
  const { leaseMs, heartbeatMs } = settings;
  const { pool, concurrency, jobs, log } = worker;
  const running = createWorker({ ...worker, leaseMs, heartbeatMs });
  await running.start();
  log.info({ pool, concurrency, definitions: jobs.map(({ name }) => name) }, "the worker runs");
  return running;
}
