import { type Bench, emptySize } from "../harness/bench.ts";
import { startCpuMeter } from "../harness/cpu-meter.ts";
import { atLeast } from "../harness/goal.ts";
import { makePayload, makePayloads } from "../harness/payload.ts";
import { settleServer } from "../harness/settle-server.ts";
import type { Producer, SystemName } from "../harness/system.ts";

const producers = 10;
const bulk = 1000;
/** graphile-worker's batch settings are the worker's alone: its two settings submit alike. */
const systems: SystemName[] = ["signalbox", "graphile-worker-best", "pg-boss", "bullmq", "ceiling"];

/** `producers` callers, each with one submit under way at a time, until `jobs` are durable. Answers jobs a second. */
async function submitOneByOne(producer: Producer, jobs: number): Promise<number> {
  let next = 0;
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: producers }, async () => {
      while (next < jobs) await producer.submit(makePayload(next++));
    }),
  );
  return (jobs / (performance.now() - startMs)) * 1000;
}

/** One caller, 1,000 jobs a call. Answers jobs a second. */
async function submitInBulk(producer: Producer, jobs: number): Promise<number> {
  const batches = Array.from({ length: jobs / bulk }, (_, index) => makePayloads(index * bulk, bulk));
  const startMs = performance.now();
  for (const batch of batches) await producer.submitMany(batch);
  return (jobs / (performance.now() - startMs)) * 1000;
}

/** How fast jobs can be submitted with no worker running. */
export const enqueue: Bench = {
  name: "enqueue",
  what: "submits with no worker running: one by one from 10 callers that each await durability, then 1,000 a call",
  metrics: [
    { key: "oneByOne", title: "one by one, 10 producers", unit: "jobs/s", better: "higher" },
    { key: "bulk", title: "1,000 a call", unit: "jobs/s", better: "higher" },
    { key: "oneByOneCpu", title: "CPU one by one", unit: "s per 100,000 jobs", better: "lower" },
    { key: "bulkCpu", title: "CPU in bulk", unit: "s per 100,000 jobs", better: "lower" },
  ],
  rounds: { full: 5, quick: 2 },
  contenders({ quick, jobs }) {
    const size = { ...emptySize, jobs: jobs ?? (quick ? 5000 : 20_000), bulkJobs: quick ? 20_000 : 100_000 };
    return systems.map((system) => ({ name: system, system, size }));
  },
  async measure(system, place, size) {
    await system.prepare(place);
    const producer = await system.openProducer(place, "backlog");
    // Open every connection and prepare every statement first.
    await submitOneByOne(producer, 500);
    await submitInBulk(producer, 2 * bulk);
    await settleServer(place);

    const oneByOneCpu = startCpuMeter(place.serverPid);
    const oneByOne = await submitOneByOne(producer, size.jobs);
    const oneByOneUsed = oneByOneCpu();
    await settleServer(place);
    const bulkCpu = startCpuMeter(place.serverPid);
    const inBulk = await submitInBulk(producer, size.bulkJobs);
    const bulkUsed = bulkCpu();
    await producer.close();

    const per = (used: { node: number; server: number | null }, jobs: number) =>
      used.server === null ? null : ((used.node + used.server) / jobs) * 100_000;
    return {
      oneByOne,
      bulk: inBulk,
      oneByOneCpu: per(oneByOneUsed, size.jobs),
      bulkCpu: per(bulkUsed, size.bulkJobs),
    };
  },
  goals({ oneByOne, bulk: inBulk }) {
    return [
      atLeast("one by one ÷ ceiling", oneByOne?.ratio.ceiling, 0.7),
      atLeast("bulk ÷ graphile-worker-best", inBulk?.ratio["graphile-worker-best"], 1),
    ];
  },
};
