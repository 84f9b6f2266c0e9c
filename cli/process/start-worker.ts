import { setTimeout as pause } from "node:timers/promises";
import { createWorker, type JobDefinition, type SignalboxWorker } from "#sdk/index.ts";
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

/** Between two tries to register again, ms. */
const retryMs = 1_000;

/**
 * Starts a worker, and another one whenever its registration has ended (after a long absence of the database, say).
 * Rejects when the first cannot start.
 */
export async function startWorker(options: WorkerProcess): Promise<RunningPart> {
  const { connectionString, jobs, pool, concurrency, settings, log } = options;
  const stopping = new AbortController();
  let worker: SignalboxWorker = make();
  let replacing: Promise<void> = Promise.resolve();

  function make(): SignalboxWorker {
    const { leaseMs, heartbeatMs } = settings;
    const onDrained = () => {
      replacing = replacing.then(replace);
    };
    return createWorker({ connectionString, jobs, pool, concurrency, leaseMs, heartbeatMs, log, onDrained });
  }

  async function replace(): Promise<void> {
    await worker.stop();
    while (!stopping.signal.aborted) {
      const next = make();
      try {
        await next.start();
        worker = next;
        log.info({}, "the worker registered again");
        return;
      } catch (error) {
        log.warn({ error: String(error) }, "the worker could not register again; trying again");
        await pause(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  await worker.start();
  log.info({ pool, concurrency, definitions: jobs.map(({ name }) => name) }, "the worker runs");
  return {
    async stop() {
      stopping.abort();
      await replacing;
      await worker.stop();
    },
  };
}
