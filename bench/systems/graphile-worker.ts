import { Logger, makeWorkerUtils, run, type SharedOptions, type WorkerOptions } from "graphile-worker";
import pg from "pg";
import type { BenchSystem, JobPayload, Place, SystemName } from "../harness/system.ts";
import { flow } from "./flow/graphile-worker.ts";

const silent = new Logger(() => () => undefined);

function shared(place: Place, maxPoolSize: number): SharedOptions {
  return { connectionString: place.url, maxPoolSize, logger: silent };
}

/** graphile-worker under one of its settings; it deletes a job on completion and keeps no history. */
export function graphileWorker(name: SystemName, maxPoolSize: number, worker: WorkerOptions): BenchSystem {
  return {
    name,
    server: "postgres",
    settings: `${JSON.stringify(worker)}, maxPoolSize ${maxPoolSize}`,
    // Fixed in its SQL: exp(attempts) seconds.
    retryDelayMs: Math.E * 1000,
    flow,

    async prepare(place) {
      const utils = await makeWorkerUtils(shared(place, 1));
      await utils.migrate();
      await utils.release();
    },

    async openProducer(place) {
      const utils = await makeWorkerUtils(shared(place, 10));
      return {
        submit: async (payload) => {
          await utils.addJob("work", payload);
        },
        submitMany: async (payloads) => {
          await utils.addJobs(payloads.map((payload) => ({ identifier: "work", payload })));
        },
        close: async () => {
          await utils.release();
        },
      };
    },

    async startWorker(place, { handler }) {
      const observer = new pg.Client({ connectionString: place.url });
      await observer.connect();
      const runner = await run({
        ...shared(place, maxPoolSize),
        noHandleSignals: true,
        crontab: "",
        taskList: { work: (payload) => handler(payload as JobPayload) },
        // Retries raise no notification: a shorter poll than its 2 s finds them sooner.
        preset: { worker: { pollInterval: 500, ...worker } },
      });
      return {
        settled: async () => {
          const { rows } = await observer.query(
            "select not exists (select from graphile_worker._private_jobs) as settled",
          );
          return rows[0].settled;
        },
        stop: async () => {
          await runner.stop();
          await observer.end();
        },
      };
    },
  };
}
