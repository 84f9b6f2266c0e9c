import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";
import type { FlowSystem } from "../../harness/flow-system.ts";

const silent = new Logger(() => () => undefined);
/** Numerically smaller runs first. */
const priorities = { high: 0, normal: 5, low: 10 };

/**
 * graphile-worker with a task a kind. How it retries cannot be chosen: its page "Exponential backoff" gives
 * exp(least(10, attempt)) seconds, and 25 attempts are its default. Its local queue is off, since jobs that it has
 * fetched no longer heed priorities.
 */
export const flow: FlowSystem = {
  async prepare(place) {
    const utils = await makeWorkerUtils({ connectionString: place.url, maxPoolSize: 1, logger: silent });
    await utils.migrate();
    await utils.release();
  },

  async openProducer(place, kinds) {
    const utils = await makeWorkerUtils({ connectionString: place.url, maxPoolSize: 10, logger: silent });
    const priorityOf = new Map(kinds.map(({ name, priority }) => [name, priorities[priority]]));
    return {
      submit: async (jobs) => {
        await utils.addJobs(
          jobs.map(({ kind, index }) => ({
            identifier: kind,
            payload: { index },
            priority: priorityOf.get(kind),
          })),
        );
      },
      close: async () => {
        await utils.release();
      },
    };
  },

  async startWorker(place, kinds, slots) {
    const observer = new pg.Client({ connectionString: place.url });
    await observer.connect();
    const runner = await run({
      connectionString: place.url,
      maxPoolSize: slots + 1,
      logger: silent,
      noHandleSignals: true,
      crontab: "",
      taskList: Object.fromEntries(
        kinds.map(({ name, handler }) => [
          name,
          (payload: unknown) => handler((payload as { index: number }).index),
        ]),
      ),
      // Retries raise no notification: a shorter poll than its 2 s finds them sooner.
      preset: { worker: { concurrentJobs: slots, pollInterval: 500 } },
    });
    return {
      countDead: async () => {
        const { rows } = await observer.query(
          "select count(*)::int as dead from graphile_worker._private_jobs where attempts >= max_attempts and locked_at is null",
        );
        return rows[0].dead;
      },
      stop: async () => {
        await runner.stop();
        await observer.end();
      },
    };
  },
};
