import { setTimeout as wait } from "node:timers/promises";
import { type Bench, emptySize } from "../harness/bench.ts";
import { startCpuMeter } from "../harness/cpu-meter.ts";
import { atMost } from "../harness/goal.ts";
import { makePayload } from "../harness/payload.ts";
import { settleServer } from "../harness/settle-server.ts";
import { quantile } from "../harness/summarise.ts";
import { systemNames } from "../harness/system.ts";

const jobsPerSecond = 500;
const handlerMs = 10;
const lateMs = 1000;
const drainPatienceMs = 60_000;

/** One job in ten, of all remainders in turn, so that no class of a system that goes by the index has them all. */
function failsFirst(index: number): boolean {
  return (index + Math.floor(index / 10)) % 10 === 0;
}

/** What a system in ordinary use costs and how long its jobs wait. */
export const steady: Bench = {
  name: "steady",
  what: "500 jobs/s, handlers of 10 ms, every tenth job fails once and is retried: wait from due time to start",
  metrics: [
    { key: "p50", title: "wait p50", unit: "ms", better: "lower" },
    { key: "p99", title: "wait p99", unit: "ms", better: "lower" },
    { key: "late", title: "late by more than 1 s", unit: "starts", better: "lower" },
    { key: "retryP50", title: "wait p50 of second attempts", unit: "ms", better: "lower" },
    { key: "cpu", title: "CPU, server and node", unit: "s per 1,000 jobs", better: "lower" },
    { key: "serverCpu", title: "CPU of the server", unit: "s per 1,000 jobs", better: "lower" },
    { key: "nodeCpu", title: "CPU of node", unit: "s per 1,000 jobs", better: "lower" },
  ],
  rounds: { full: 3, quick: 2 },
  contenders({ quick }) {
    const size = { ...emptySize, seconds: quick ? 8 : 30 };
    return systemNames.map((system) => ({ name: system, system, size }));
  },
  async measure(system, place, size) {
    await system.prepare(place);
    const producer = await system.openProducer(place, "stream");
    const total = size.seconds * jobsPerSecond;
    const dueMs = new Float64Array(total);
    const failed = new Uint8Array(total);
    const waitsMs: number[] = [];
    const retryWaitsMs: number[] = [];
    let finished = 0;
    let measuring = false;
    const worker = await system.startWorker(place, {
      load: "stream",
      handler: async ({ index }) => {
        if (!measuring) return;
        const waitMs = performance.now() - (dueMs[index] ?? Number.NaN);
        waitsMs.push(waitMs);
        if (failed[index]) retryWaitsMs.push(waitMs);
        await wait(handlerMs);
        if (failsFirst(index) && !failed[index]) {
          failed[index] = 1;
          dueMs[index] = performance.now() + system.retryDelayMs;
          throw new Error("fails once");
        }
        finished++;
      },
    });
    await Promise.all(Array.from({ length: 100 }, (_, index) => producer.submit(makePayload(index))));
    while (!(await worker.settled())) await wait(50);
    await settleServer(place);

    measuring = true;
    const cpu = startCpuMeter(place.serverPid);
    const startMs = performance.now();
    const submits: Promise<void>[] = [];
    for (let index = 0; index < total; ) {
      const dueCount = Math.min(
        total,
        Math.floor(((performance.now() - startMs) / 1000) * jobsPerSecond) + 1,
      );
      for (; index < dueCount; index++) {
        dueMs[index] = startMs + (index / jobsPerSecond) * 1000;
        submits.push(producer.submit(makePayload(index)));
      }
      await wait(1);
    }
    await Promise.all(submits);
    const deadlineMs = performance.now() + drainPatienceMs;
    while (finished < total || !(await worker.settled())) {
      if (performance.now() > deadlineMs) throw new Error(`${finished} of ${total} jobs finished`);
      await wait(20);
    }
    const { node, server } = cpu();
    await worker.stop();
    await producer.close();

    const per = 1000 / total;
    return {
      p50: quantile(waitsMs, 0.5),
      p99: quantile(waitsMs, 0.99),
      late: waitsMs.filter((value) => value > lateMs).length,
      retryP50: quantile(retryWaitsMs, 0.5),
      nodeCpu: node * per,
      serverCpu: server === null ? null : server * per,
      cpu: server === null ? null : (node + server) * per,
    };
  },
  goals({ p50, late }) {
    return [
      atMost("p50 ÷ ceiling", p50?.ratio.ceiling, 1.5),
      atMost("late starts", late?.median.signalbox, 0),
    ];
  },
};
