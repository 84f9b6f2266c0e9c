import pg from "pg";
import { type Job, type JobResult, PgBoss } from "pg-boss";
import type { BenchSystem, JobPayload, Place } from "../harness/system.ts";
import { flow } from "./flow/pg-boss.ts";

const queue = "work";

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

/** pg-boss keeps completed jobs, as Signalbox does (for seven days by its default). */
export const system: BenchSystem = {
  name: "pg-boss",
  server: "postgres",
  settings: "localConcurrency 3, batchSize 500, burstWhenBatchFull, notify, polling every 0.5 s (its least)",
  retryDelayMs: 1000,
  flow,

  async prepare(place) {
    const boss = await open(place, 2, false);
    await boss.createQueue(queue, { notify: true, retryLimit: 3, retryDelay: 1, retryBackoff: false });
    await boss.stop({ graceful: false, close: true });
  },

  async openProducer(place) {
    const boss = await open(place, 10, false);
    return {
      submit: async (payload) => {
        await boss.send(queue, payload);
      },
      submitMany: async (payloads) => {
        await boss.insert(
          queue,
          payloads.map((data) => ({ data })),
        );
      },
      close: () => boss.stop({ graceful: false, close: true }),
    };
  },

  async startWorker(place, { load, handler }) {
    const observer = new pg.Client({ connectionString: place.url });
    await observer.connect();
    const boss = await open(place, 10, true);
    // A batch that cannot fail is completed whole (its cheaper way); where jobs fail, each is settled for itself.
    const perJobResults = load === "stream";
    const work = async (jobs: Job<JobPayload>[]): Promise<JobResult[] | undefined> => {
      if (!perJobResults) {
        await Promise.all(jobs.map((job) => handler(job.data)));
        return undefined;
      }
      return Promise.all(
        jobs.map(({ id, data }) =>
          handler(data).then(
            (): JobResult => ({ id, status: "completed" }),
            (error: Error): JobResult => ({ id, status: "failed", output: { message: error.message } }),
          ),
        ),
      );
    };
    await boss.work<JobPayload>(
      queue,
      {
        localConcurrency: 3,
        batchSize: 500,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 0.5,
        notifyPollingIntervalSeconds: 0.5,
        perJobResults,
      },
      work,
    );
    return {
      settled: async () => {
        const { rows } = await observer.query(
          "select not exists (select from pgboss.job where name = 'work' and state < 'completed') as settled",
        );
        return rows[0].settled;
      },
      stop: async () => {
        await boss.stop({ graceful: true, close: true });
        await observer.end();
      },
    };
  },

  async verifyHistory(place, jobs) {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    const { rows } = await client.query(
      "select count(*)::int as completed from pgboss.job where state = 'completed'",
    );
    await client.end();
    if (rows[0].completed !== jobs) throw new Error(`pg-boss completed ${rows[0].completed} of ${jobs} jobs`);
  },
};
