import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { BenchSystem, JobPayload, Place } from "../harness/system.ts";
import { flow } from "./flow/bullmq.ts";

const unfinished = ["waiting", "active", "delayed", "prioritized", "paused"];

function openQueue(place: Place): Queue<JobPayload> {
  const queue = new Queue<JobPayload>("work", {
    connection: { url: place.url },
    defaultJobOptions: {
      attempts: 4,
      backoff: { type: "fixed", delay: 1000 },
      removeOnComplete: true,
      removeOnFail: true,
    },
  });
  queue.on("error", (error) => console.error(`BullMQ: ${error.message}`));
  return queue;
}

/** BullMQ on Redis with an append-only file; finished jobs are removed, as its guide advises. */
export const system: BenchSystem = {
  name: "bullmq",
  server: "redis",
  settings: "concurrency 200, removeOnComplete, Redis append-only synced every second",
  retryDelayMs: 1000,
  flow,

  async prepare(place) {
    const redis = new Redis(place.url);
    await redis.flushall();
    await redis.quit();
  },

  async openProducer(place) {
    const queue = openQueue(place);
    await queue.waitUntilReady();
    return {
      submit: async (payload) => {
        await queue.add("work", payload);
      },
      submitMany: async (payloads) => {
        await queue.addBulk(payloads.map((data) => ({ name: "work", data })));
      },
      close: () => queue.close(),
    };
  },

  async startWorker(place, { handler }) {
    const observer = openQueue(place);
    await observer.waitUntilReady();
    const worker = new Worker<JobPayload>("work", (job) => handler(job.data), {
      connection: { url: place.url, maxRetriesPerRequest: null },
      concurrency: 200,
    });
    worker.on("error", (error) => console.error(`BullMQ: ${error.message}`));
    await worker.waitUntilReady();
    return {
      settled: async () => {
        const counts = await observer.getJobCounts(...unfinished);
        return Object.values(counts).every((count) => count === 0);
      },
      stop: async () => {
        await worker.close();
        await observer.close();
      },
    };
  },
};
