import { createWorker, type JobDefinition } from "#sdk/index.ts";
import type { Log } from "#server/system/log.ts";
import type { Settings } from "#server/system/settings.ts";
import { keepRegistered } from "./keep-registered.ts";
import type { RunningPart } from "./run-until-stopped.ts";

export interface WorkerProcess {
  connectionString: string;
  jobs: readonly JobDefinition[];
  pool: string;
  concurrency: number;
  settings: Settings;
  log: Log;
}

/** Starts a worker that registers again when its registration has ended. Rejects when the first cannot start. */
export async function startWorker(options: WorkerProcess): Promise<RunningPart> {
  const { connectionString, jobs, pool, concurrency, settings, log } = options;
  const { leaseMs, heartbeatMs } = settings;
  const part = await keepRegistered(
    (onDrained) =>
      createWorker({ connectionString, jobs, pool, concurrency, leaseMs, heartbeatMs, log, onDrained }),
    log,
  );
  log.info({ pool, concurrency, definitions: jobs.map(({ name }) => name) }, "the worker runs");
  return part;
}
