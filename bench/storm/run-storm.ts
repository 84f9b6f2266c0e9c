import { setTimeout as wait } from "node:timers/promises";
import type { FlowKind, FlowSystem } from "../harness/flow-system.ts";
import { dueMs, pace, type Stream } from "../harness/pace.ts";
import { settleServer } from "../harness/settle-server.ts";
import type { Place } from "../harness/system.ts";
import { callService } from "./call-service.ts";
import { bucketMs, type ServiceReport } from "./service-counters.ts";
import { startService } from "./start-service.ts";
import { jobsPerSecond, type StormCase, serviceCallsPerSecond } from "./storm-case.ts";

export interface StormTimes {
  warmUpMs: number;
  downMs: number;
}

/** What one system did in one case. Times are ms since the first arrival. */
export interface StormRun {
  times: StormTimes;
  service: ServiceReport;
  /** Jobs that had arrived and were neither done nor given up when the service came back. */
  backlog: number;
  /** From the return of the service until the backlog was gone; null when it never was within the bound. */
  drainedMs: number | null;
  /** How long it was waited for at most. */
  boundMs: number;
  dead: number;
  /** Wait of each bystander from when it was due to its start, and when it was due; those that never started wait still. */
  bystanders: { dueMs: number; waitMs: number }[];
  /** Jobs that had arrived and were not done, every 100 ms. */
  unfinished: number[];
}

/** So many jobs are at work or on their way in a healthy system; it has drained when no more are left. */
export const healthyBacklog = 15;
/** How many times the ideal drain time a system is waited for. */
export const patience = 4;
const leadMs = 500;
const bystanderMs = 10;

/** How long the spare rate of the service needs for a backlog while jobs keep arriving. */
export function idealDrainMs(backlog: number): number {
  return (Math.max(1, backlog) / (serviceCallsPerSecond - jobsPerSecond)) * 1000;
}

/** Counts jobs by their number: a second success of a job counts for nothing. */
class DoneJobs {
  count = 0;
  readonly #seen = new Set<number>();

  add(index: number): void {
    if (this.#seen.has(index)) return;
    this.#seen.add(index);
    this.count++;
  }
}

/** One system through one outage: healthy, down, and healthy again until its backlog is gone. */
export async function runStorm(
  flow: FlowSystem,
  place: Place,
  { slots, downMode, bystandersPerSecond }: StormCase,
  times: StormTimes,
): Promise<StormRun> {
  const service = await startService();
  const upMs = times.warmUpMs + times.downMs;
  const lastMs = upMs + patience * idealDrainMs((times.downMs / 1000) * jobsPerSecond * 1.2);
  const streams: Stream[] = [
    { perSecond: jobsPerSecond, endMs: lastMs },
    { perSecond: bystandersPerSecond, endMs: bystandersPerSecond > 0 ? upMs : 0 },
  ];
  const others = streams[1] as Stream;
  const done = new DoneJobs();
  const bystanderStartMs: (number | undefined)[] = [];
  let startMs = Number.POSITIVE_INFINITY;
  let arrived = 0;
  const kinds: FlowKind[] = [
    {
      name: "call",
      priority: "normal",
      dependency: "downstream",
      handler: async (index) => {
        await callService(service.url);
        done.add(index);
      },
    },
    {
      name: "bystander",
      priority: "normal",
      handler: async (index) => {
        bystanderStartMs[index] ??= performance.now() - startMs;
        await wait(bystanderMs);
      },
    },
  ];
  await flow.prepare(place, kinds);
  const producer = await flow.openProducer(place, kinds);
  const worker = await flow.startWorker(place, kinds, slots);
  await settleServer(place);
  await wait(1_000);

  const startEpochMs = performance.timeOrigin + performance.now() + leadMs;
  startMs = performance.now() + leadMs;
  await service.plan({
    startMs: startEpochMs,
    downMs: startEpochMs + times.warmUpMs,
    upMs: startEpochMs + upMs,
    downMode,
  });
  const sinceStart = () => performance.now() - startMs;
  const unfinished: number[] = [];
  let bystandersDue = 0;
  let isOver = false;
  const arrivals = pace(
    startMs,
    streams,
    (stream, first, count) => {
      if (stream === 0) arrived = first + count;
      else bystandersDue = first + count;
      const kind = stream === 0 ? "call" : "bystander";
      return producer.submit(Array.from({ length: count }, (_, offset) => ({ kind, index: first + offset })));
    },
    () => isOver,
  );

  const until = async (ms: number) => {
    for (let nowMs = sinceStart(); nowMs < ms; nowMs = sinceStart()) {
      while (unfinished.length * bucketMs <= nowMs) unfinished.push(arrived - done.count);
      await Promise.race([wait(10), arrivals]);
    }
  };
  let drainedMs: number | null = null;
  let dead = 0;
  await until(upMs);
  dead = await worker.countDead();
  const backlog = arrived - done.count - dead;
  const boundMs = patience * idealDrainMs(backlog);
  let countedMs = sinceStart();
  while (drainedMs === null && sinceStart() < upMs + boundMs) {
    await until(sinceStart() + 10);
    if (sinceStart() - countedMs > 500) {
      dead = await worker.countDead();
      countedMs = sinceStart();
    }
    if (arrived - done.count - dead <= healthyBacklog) drainedMs = sinceStart() - upMs;
  }
  isOver = true;
  await arrivals;
  dead = await worker.countDead();
  const report = await service.report();
  const endMs = sinceStart();
  await Promise.all([worker.stop(), producer.close()]);
  service.stop();
  return {
    times,
    service: report,
    backlog,
    drainedMs,
    boundMs,
    dead,
    bystanders: Array.from({ length: bystandersDue }, (_, index) => {
      const due = dueMs(others, index);
      return { dueMs: due, waitMs: (bystanderStartMs[index] ?? endMs) - due };
    }),
    unfinished,
  };
}
