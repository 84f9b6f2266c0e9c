import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { FlowJob, FlowSystem } from "../../harness/flow-system.ts";
import type { Place } from "../../harness/system.ts";

/** A lower number is a higher priority; without one a job would come before them all. */
const priorities = { high: 1, normal: 5, low: 10 };

function openQueue(place: Place): Queue<FlowJob> {
  const queue = new Queue<FlowJob>("work", {
    connection: { url: place.url },
    defaultJobOptions: {
      attempts: 8,
      backoff: { type: "exponential", delay: 1000, jitter: 0.5 },
      removeOnComplete: true,
      removeOnFail: false,
    },
  });
  queue.on("error", (error) => console.error(`BullMQ: ${error.message}`));
  return queue;
}

/**
 * BullMQ with one queue for all kinds. Its page "Retrying failing jobs" recommends an exponential backoff, shows it
 * from 1 s, and jitter against jobs that return together. Its example has 3 attempts, which an outage of 4 s uses up:
 * 8 are kinder to it.
 */
export const flow: FlowSystem = {
  async prepare(place) {
    const redis = new Redis(place.url);
    await redis.flushall();
    await redis.quit();
  },

  async openProducer(place, kinds) {
    const queue = openQueue(place);
    await queue.waitUntilReady();
    const priorityOf = new Map(kinds.map(({ name, priority }) => [name, priorities[priority]]));
    const samePriority = new Set(priorityOf.values()).size === 1;
    return {
      submit: async (jobs) => {
        await queue.addBulk(
          jobs.map((data) => ({
            name: data.kind,
            data,
            // Its guide advises against priorities where there is only one.
            opts: samePriority ? {} : { priority: priorityOf.get(data.kind) },
          })),
        );
      },
      close: () => queue.close(),
    };
  },

  async startWorker(place, kinds, slots) {
    const observer = openQueue(place);
    await observer.waitUntilReady();
    const handlers = new Map(kinds.map(({ name, handler }) => [name, handler]));
    const worker = new Worker<FlowJob>(
      "work",
      async ({ data }) => {
        await handlers.get(data.kind)?.(data.index);
      },
      { connection: { url: place.url, maxRetriesPerRequest: null }, concurrency: slots },
    );
    worker.on("error", (error) => console.error(`BullMQ: ${error.message}`));
    await worker.waitUntilReady();
    return {
      countDead: async () => (await observer.getJobCounts("failed")).failed ?? 0,
      stop: async () => {
        await worker.close(true);
        await observer.close();
      },
    };
  },
};
