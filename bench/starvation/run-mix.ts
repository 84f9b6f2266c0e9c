import { setTimeout as wait } from "node:timers/promises";
import type { FlowKind, FlowSystem } from "../harness/flow-system.ts";
import { dueCount, dueMs, pace, type Stream } from "../harness/pace.ts";
import { settleServer } from "../harness/settle-server.ts";
import type { Place } from "../harness/system.ts";

export const slots = 20;
export const handlerMs = 50;
/** Jobs a second that the slots can do. */
export const capacity = (slots / handlerMs) * 1000;

export const classNames = ["high", "low"] as const;
export type ClassName = (typeof classNames)[number];

export interface Mix {
  high: Stream;
  low: Stream;
  /** How long to go on after the last arrival at most, ms; it ends sooner when every job is done. */
  patienceMs: number;
}

/** What became of a job; times in ms since the first arrival. */
export interface MixedJob {
  dueMs: number;
  /** When its submit had resolved; null when it never did. */
  submittedMs: number | null;
  /** Null when it had not started (or not ended) when the run was over. */
  startMs: number | null;
  endMs: number | null;
}

export interface MixRun {
  jobs: Record<ClassName, MixedJob[]>;
  overMs: number;
}

const leadMs = 500;

/** Two classes of jobs that only wait, in one pool of 20 slots. */
export async function runMix(flow: FlowSystem, place: Place, mix: Mix): Promise<MixRun> {
  const jobs: Record<ClassName, MixedJob[]> = { high: [], low: [] };
  let startMs = Number.POSITIVE_INFINITY;
  const sinceStart = () => performance.now() - startMs;
  let ended = 0;
  const kinds = classNames.map(
    (name): FlowKind => ({
      name,
      priority: name,
      handler: async (index) => {
        const job = jobs[name][index];
        if (!job || job.startMs !== null) throw new Error(`${name} job ${index} is unknown or ran twice`);
        job.startMs = sinceStart();
        await wait(handlerMs);
        job.endMs = sinceStart();
        ended++;
      },
    }),
  );
  await flow.prepare(place, kinds);
  const producer = await flow.openProducer(place, kinds);
  const worker = await flow.startWorker(place, kinds, slots);
  await settleServer(place);
  await wait(1_000);

  startMs = performance.now() + leadMs;
  const lastMs = Math.max(mix.high.endMs, mix.low.endMs);
  const total = classNames.reduce((sum, name) => sum + dueCount(mix[name], lastMs), 0);
  await pace(
    startMs,
    classNames.map((name) => mix[name]),
    async (stream, first, count) => {
      const name = classNames[stream] as ClassName;
      for (let index = first; index < first + count; index++)
        jobs[name].push({ dueMs: dueMs(mix[name], index), submittedMs: null, startMs: null, endMs: null });
      await producer.submit(
        Array.from({ length: count }, (_, offset) => ({ kind: name, index: first + offset })),
      );
      const submittedMs = sinceStart();
      for (const job of jobs[name].slice(first, first + count)) job.submittedMs = submittedMs;
    },
    () => sinceStart() >= lastMs + mix.patienceMs || ended === total,
  );
  const overMs = sinceStart();
  // What still runs ends in the copy as it stood now.
  const kept = structuredClone(jobs);
  await Promise.all([worker.stop(), producer.close()]);
  return { jobs: kept, overMs };
}
