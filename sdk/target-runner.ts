import { hostname } from "node:os";
import { z } from "zod";
import type { Engine } from "#server/operations/engine.ts";
import type { JobDefinition } from "./define-job.ts";
import type { JobContext } from "./job-context.ts";
import { keepRegistered, type Registering } from "./keep-registered.ts";
import { PostgresTransport } from "./transports/postgres.ts";
import type { TransportJob } from "./transports/transport.ts";
import { WorkerRuntime } from "./worker/worker.ts";

export interface TargetRunnerOptions {
  engine: Engine;
  connectionString: string;
  /** POST the job to its target and return the output; throws as a handler would. */
  call: (job: TransportJob & { target: string }, context: JobContext, deadlineMs: number) => Promise<unknown>;
  /** Calls under way at once; default 50. */
  concurrency?: number;
  leaseMs: number;
  heartbeatMs: number;
  /** How long a stop waits for calls under way, ms; default 10,000. */
  drainMs?: number;
}

/** Runs the definitions with HTTP targets, of every pool, as a worker whose handlers are calls. */
export function createTargetRunner(options: TargetRunnerOptions): Registering {
  return keepRegistered((onExpired) => oneRegistration(options, onExpired), options.engine.log);
}

function oneRegistration(options: TargetRunnerOptions, onExpired: () => void): Registering {
  const { engine, connectionString, leaseMs, heartbeatMs } = options;
  const transport = new PostgresTransport(engine, connectionString, "http");
  const jobFor = (job: TransportJob): JobDefinition | undefined => {
    const { target } = job;
    if (target === null) return undefined;
    const handler = (_payload: unknown, context: JobContext) =>
      options.call({ ...job, target }, context, transport.nowMs() + job.attemptMs);
    return { name: job.definition, input: z.unknown(), output: null, handler, body: {} };
  };
  const runtime = new WorkerRuntime({
    jobFor,
    transport,
    registration: {
      pool: "default",
      definitions: [],
      concurrency: options.concurrency ?? 50,
      host: hostname(),
      version: null,
      heartbeatMs,
      leaseMs,
    },
    minConcurrency: null,
    drainMs: options.drainMs ?? 10_000,
    log: engine.log,
    onExpired,
  });
  return {
    start: () => runtime.start(),
    stop: () => runtime.stop(),
    get running() {
      return runtime.runningCount;
    },
  };
}
