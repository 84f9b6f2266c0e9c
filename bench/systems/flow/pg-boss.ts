import pg from "pg";
import { type Job, type JobResult, PgBoss } from "pg-boss";
import type { FlowJob, FlowSystem } from "../../harness/flow-system.ts";
import type { Place } from "../../harness/system.ts";

const queue = "work";
/** Higher numbers run first. */
const priorities = { high: 10, normal: 5, low: 0 };

async function open(place: Place, max: number, listen: boolean): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: place.url,
    max,
    schedule: false,
    supervise: listen,
    useListenNotify: listen,
  });
  boss.on("error", (error) => console.error(`pg-boss: ${error.message}`));
  await boss.start();
  return boss;
}

/**
 * pg-boss with one queue for all kinds, so that they share its pool: its workers belong to a queue. Its page "Queues"
 * recommends `retryBackoff` with a `retryLimit` of 5 for work that may fail, and names 1 s as the delay from which the
 * backoff starts (2^retries seconds, with jitter); its plain default, 2 retries at once, would kill every job.
 */
export const flow: FlowSystem = {
  async prepare(place) {
    const boss = await open(place, 2, false);
    await boss.createQueue(queue, { notify: true, retryLimit: 5, retryDelay: 1, retryBackoff: true });
    await boss.stop({ graceful: false, close: true });
  },

  async openProducer(place, kinds) {
    const boss = await open(place, 10, false);
    const priorityOf = new Map(kinds.map(({ name, priority }) => [name, priorities[priority]]));
    return {
      submit: async (jobs) => {
        await boss.insert(
          queue,
          jobs.map((job) => ({ data: job, priority: priorityOf.get(job.kind) })),
        );
      },
      close: () => boss.stop({ graceful: false, close: true }),
    };
  },

  async startWorker(place, kinds, slots) {
    const observer = new pg.Client({ connectionString: place.url });
    await observer.connect();
    const boss = await open(place, 10, true);
    const handlers = new Map(kinds.map(({ name, handler }) => [name, handler]));
    const work = ({ id, data }: Job<FlowJob>): Promise<JobResult> =>
      (handlers.get(data.kind) ?? (() => Promise.reject(new Error(`no handler for ${data.kind}`))))(
        data.index,
      ).then(
        (): JobResult => ({ id, status: "completed" }),
        (error: Error): JobResult => ({ id, status: "failed", output: { message: error.message } }),
      );
    await boss.work<FlowJob>(
      queue,
      {
        // Two at a time, since only a full batch lets a worker go on at once: alone, it would sleep after each job.
        localConcurrency: slots / 2,
        batchSize: 2,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 0.5,
        notifyPollingIntervalSeconds: 0.5,
        perJobResults: true,
      },
      (jobs) => Promise.all(jobs.map(work)),
    );
    return {
      countDead: async () => {
        const { rows } = await observer.query(
          "select count(*)::int as dead from pgboss.job where name = 'work' and state = 'failed'",
        );
        return rows[0].dead;
      },
      stop: async () => {
        await boss.stop({ graceful: false, close: true });
        await observer.end();
      },
    };
  },
};
