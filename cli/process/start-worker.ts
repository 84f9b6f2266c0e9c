import { createWorker, type JobDefinition } from "#sdk/index.ts";
import type { Log } from "#server/system/log.ts";
import type { Settings } from "#server/system/settings.ts";
import type { RunningPart } from "./run-until-stopped.ts";

export interface WorkerProcess {
  connectionString: string;
  jobs: readonly JobDefinition[];
  pool: string;
  concurrency: number;
  settings: Settings;
  log: Log;
}

/** Starts a worker. Rejects when it cannot start. */
export async function startWorker(options: WorkerProcess): Promise<RunningPart> {
  const { connectionString, jobs, pool, concurrency, settings, log } = options;
  const { leaseMs, heartbeatMs } = settings;
  const worker = createWorker({ connectionString, jobs, pool, concurrency, leaseMs, heartbeatMs, log });
  await worker.start();
  log.info({ pool, concurrency, definitions: jobs.map(({ name }) => name) }, "the worker runs");
  return worker;
}
