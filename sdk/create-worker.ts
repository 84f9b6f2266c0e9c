import { hostname } from "node:os";
import { type Log, openLog } from "#server/system/log.ts";
import { keepRegistered } from "./keep-registered.ts";
import { registerJobs } from "./register-jobs.ts";
import { connectPostgres } from "./transports/connect-postgres.ts";
import type { Transport, TransportJob, WorkerRegistration } from "./transports/transport.ts";
import type { AnyJob } from "./worker/run-attempt.ts";
import { WorkerRuntime } from "./worker/worker.ts";

export interface WorkerOptions {
  /** A Postgres with Signalbox migrated; or give `transport`. */
  connectionString?: string;
  /** Another way to reach Signalbox, as `httpTransport({ url, token })`. */
  transport?: () => Transport;
  jobs: readonly AnyJob[];
  /** Handlers at work at once; default 10. */
  concurrency?: number;
  /** Default `default`. */
  pool?: string;
  /** How long a job stays with a worker that has gone silent, ms; default 15,000, at least 1,500. */
  leaseMs?: number;
  /** How often the worker says it is alive, ms; default a third of the lease. */
  heartbeatMs?: number;
  /** How long `stop` waits for running handlers before aborting them, ms; default 10,000. */
  drainMs?: number;
  /** What the operators see as the worker's version. */
  version?: string;
  log?: Log;
}

export interface SignalboxWorker {
  /** Register definitions and worker, and begin. Rejects when Signalbox cannot be reached or refuses a definition. */
  start(): Promise<void>;
  /** Drain and disconnect; see {@link WorkerOptions.drainMs}. Safe to call twice. */
  stop(): Promise<void>;
  readonly running: number;
}

/**
 * A worker: claims jobs of the given definitions and runs their handlers. When its registration ends, as after a long
 * absence of the database, it registers again by itself.
 */
export function createWorker(options: WorkerOptions): SignalboxWorker {
  const leaseMs = options.leaseMs ?? 15_000;
  if (leaseMs < 1_500) throw new RangeError(`leaseMs is ${leaseMs}: it must be at least 1500`);
  const concurrency = options.concurrency ?? 10;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 10_000)
    throw new RangeError(`concurrency is ${concurrency}: it must be a whole number from 1 to 10000`);
  const jobs = new Map(options.jobs.map((job) => [job.name, job]));
  if (jobs.size !== options.jobs.length) throw new TypeError("two of the jobs have the same name");
  const log = options.log ?? openLog("info", "worker");
  const registration = {
    pool: options.pool ?? "default",
    definitions: [...jobs.keys()],
    concurrency,
    host: hostname(),
    version: options.version ?? null,
    heartbeatMs: options.heartbeatMs ?? Math.floor(leaseMs / 3),
    leaseMs,
  };
  return keepRegistered((onExpired) => oneRegistration(options, registration, log, onExpired), log);
}

/** A worker from one registration to its end. */
function oneRegistration(
  options: WorkerOptions,
  registration: WorkerRegistration,
  log: Log,
  onExpired: () => void,
): SignalboxWorker {
  const jobs = new Map(options.jobs.map((job) => [job.name, job]));
  let runtime: WorkerRuntime | null = null;
  let stopping: Promise<void> | null = null;
  let disconnect = async (): Promise<void> => undefined;

  const start = async () => {
    const connected = await connect(options, log);
    disconnect = connected.close;
    try {
      await connected.register(options.jobs);
      const { transport } = connected;
      const drainMs = options.drainMs ?? 10_000;
      const jobFor = (job: TransportJob) => jobs.get(job.definition);
      runtime = new WorkerRuntime({ jobFor, transport, registration, drainMs, log, onExpired });
      await runtime.start();
    } catch (error) {
      await runtime?.stop().catch(() => undefined);
      runtime = null;
      await disconnect();
      throw error;
    }
  };
  const stop = () => {
    stopping ??= (async () => {
      await runtime?.stop();
      await disconnect();
    })();
    return stopping;
  };
  return {
    start,
    stop,
    get running() {
      return runtime?.runningCount ?? 0;
    },
  };
}

async function connect(options: WorkerOptions, log: Log) {
  if (options.transport) {
    const transport = options.transport();
    const register = async (jobs: readonly AnyJob[]) => {
      for (const job of jobs) await transport.register(job.name, job.body);
    };
    return { transport, close: async () => undefined, register };
  }
  if (!options.connectionString) throw new TypeError("createWorker needs a connectionString or a transport");
  const { engine, transport } = await connectPostgres(options.connectionString, log);
  return {
    transport,
    close: () => engine.close(),
    register: (jobs: readonly AnyJob[]) => registerJobs(engine, jobs),
  };
}
