import { vi } from "vitest";
import { z } from "zod";
import { silentLog } from "#server/system/log.ts";
import { defineJob } from "../define-job.ts";
import type { JobContext } from "../job-context.ts";
import { type HeartbeatReport, monotonicEpochMs } from "../transports/transport.ts";
import type { AnyJob } from "../worker/run-attempt.ts";
import { WorkerRuntime } from "../worker/worker.ts";
import { FakeTransport, type fakeJob } from "./fake-transport.ts";

/** A handler at work, which ends when the test says so or its signal aborts. */
export interface RunningHandler {
  context: JobContext;
  finish(): void;
}

/** A started worker on a fake Signalbox, under fake timers: what it was given, runs and was told. */
export async function startedWorker(
  options: { concurrency?: number; minConcurrency?: number; drainMs?: number; onExpired?: () => void } = {},
) {
  const { concurrency = 10, minConcurrency = null, drainMs = 1_000, onExpired } = options;
  const transport = new FakeTransport();
  const running = new Map<string, RunningHandler>();
  const handler = (_input: unknown, context: JobContext) =>
    new Promise<void>((resolve, reject) => {
      running.set(context.jobId, { context, finish: resolve });
      context.signal.addEventListener("abort", () => reject(context.signal.reason));
    });
  const job = defineJob({ name: "work", queue: "q", input: z.unknown(), handler }) as AnyJob;
  const runtime = new WorkerRuntime({
    jobFor: () => job,
    transport,
    registration: {
      pool: "default",
      definitions: ["work"],
      concurrency,
      host: "here",
      version: null,
      heartbeatMs: 5_000,
      leaseMs: 15_000,
    },
    minConcurrency,
    drainMs,
    log: silentLog,
    onExpired,
  });
  const offer = async (...jobs: ReturnType<typeof fakeJob>[]) => {
    transport.backlog.push(...jobs);
    transport.wake();
    await vi.advanceTimersByTimeAsync(0);
  };
  const beat = (more: Partial<HeartbeatReport> = {}) =>
    transport.hear({
      leaseIds: [...running.keys()].map((id) => `lease-${id}`),
      cancel: [],
      preempt: [],
      allowance: null,
      drain: false,
      expired: false,
      requestedAtMs: monotonicEpochMs(),
      ...more,
    });
  const finish = async (id: string) => {
    running.get(id)?.finish();
    await vi.advanceTimersByTimeAsync(0);
  };
  await runtime.start();
  await vi.advanceTimersByTimeAsync(0);
  return { transport, runtime, running, offer, beat, finish };
}

/** Stop a worker under fake timers. */
export const stopWorker = (runtime: WorkerRuntime) =>
  Promise.all([runtime.stop(), vi.advanceTimersByTimeAsync(20_000)]);
