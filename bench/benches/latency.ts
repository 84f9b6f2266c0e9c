import { setTimeout as wait } from "node:timers/promises";
import { type Bench, emptySize } from "../harness/bench.ts";
import { atMost } from "../harness/goal.ts";
import { makePayload } from "../harness/payload.ts";
import { settleServer } from "../harness/settle-server.ts";
import { quantile } from "../harness/summarise.ts";
import { systemNames } from "../harness/system.ts";

const spacingMs = 20;
const warmUp = 50;
const graphileSettings = ["graphile-worker-default", "graphile-worker-best"];

/** The better of graphile-worker's two settings: the smaller median is the larger ratio. */
function againstGraphile(ratio: Record<string, number> | undefined): number | undefined {
  const ratios = graphileSettings.map((name) => ratio?.[name]).filter((value) => value !== undefined);
  return ratios.length > 0 ? Math.max(...ratios) : undefined;
}

/** How soon a job starts in a system that has nothing else to do. */
export const latency: Bench = {
  name: "latency",
  what: "an idle system, one job every 20 ms: from the submit call to the start of the handler, in one process",
  metrics: [
    { key: "p50", title: "p50", unit: "ms", better: "lower" },
    { key: "p99", title: "p99", unit: "ms", better: "lower" },
  ],
  rounds: { full: 5, quick: 2 },
  contenders({ quick, jobs }) {
    const size = { ...emptySize, jobs: jobs ?? (quick ? 150 : 500) };
    return systemNames.map((system) => ({ name: system, system, size }));
  },
  async measure(system, place, size) {
    await system.prepare(place);
    const producer = await system.openProducer(place, "stream");
    const submittedMs: number[] = [];
    const latenciesMs: number[] = [];
    const total = size.jobs + warmUp;
    const { promise: allStarted, resolve, reject } = Promise.withResolvers<void>();
    const worker = await system.startWorker(place, {
      load: "stream",
      handler: async ({ index }) => {
        latenciesMs.push(performance.now() - (submittedMs[index] ?? Number.NaN));
        if (latenciesMs.length === total) resolve();
      },
    });
    await settleServer(place);
    const startMs = performance.now();
    const submits: Promise<void>[] = [];
    for (let index = 0; index < total; index++) {
      await wait(Math.max(0, startMs + index * spacingMs - performance.now()));
      submittedMs[index] = performance.now();
      submits.push(producer.submit(makePayload(index)));
    }
    await Promise.all(submits);
    const patience = setTimeout(() => reject(new Error(`${latenciesMs.length} of ${total} started`)), 30_000);
    await allStarted;
    clearTimeout(patience);
    await worker.stop();
    await producer.close();
    const measured = latenciesMs.slice(warmUp);
    return { p50: quantile(measured, 0.5), p99: quantile(measured, 0.99) };
  },
  goals({ p50, p99 }) {
    return [
      atMost("p50 ÷ graphile-worker's better", againstGraphile(p50?.ratio), 1),
      atMost("p99 ÷ graphile-worker's better", againstGraphile(p99?.ratio), 1),
    ];
  },
};
