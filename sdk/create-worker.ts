import { hostname } from "node:os";
import { type Log, openLog } from "#server/system/log.ts";
import { CodeDefinitions } from "./code-definitions.ts";
import { keepRegistered } from "./keep-registered.ts";
import { connectPostgres } from "./transports/connect-postgres.ts";
import type { Transport, TransportJob } from "./transports/transport.ts";
import type { AnyJob } from "./worker/run-attempt.ts";
import { WorkerRuntime } from "./worker/worker.ts";
import type { WorkerSettings } from "./worker/worker-settings.ts";

export interface WorkerOptions {
  /** A Postgres with Signalbox migrated; or give `transport`. */
  connectionString?: string;
  /** Another way to reach Signalbox, as `httpTransport({ url, token })`. */
  transport?: () => Transport;
  jobs: readonly AnyJob[];
  /** As `forceSchema` of each of the jobs; see `defineJob`. */
  forceSchema?: boolean;
  /** Handlers at work at once; default 10. */
  concurrency?: number;
  /** Run fewer while the process, the database or the jobs themselves slow down by their number; default false. */
  adaptive?: boolean;
  /** … and never fewer than this, 1 to `concurrency`; default 1. Given, it switches `adaptive` on. */
  minConcurrency?: number;
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
  /**
   * Register definitions and worker, and begin. Rejects when Signalbox cannot be reached or refuses a definition: with code
   * `conflict` one whose input schema was narrowed, see `forceSchema`.
   */
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
  const minConcurrency = leastSlots(options, concurrency);
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
  const definitions = new CodeDefinitions(options.jobs, options.forceSchema ?? false, log);
  const settings = { registration, minConcurrency, log };
  return keepRegistered((onExpired) => oneRegistration(options, settings, definitions, onExpired), log);
}

/** Down to how many the concurrency adapts; null when it does not. Throws RangeError and TypeError. */
function leastSlots({ adaptive, minConcurrency }: WorkerOptions, concurrency: number): number | null {
  if (minConcurrency === undefined) return adaptive === true ? 1 : null;
  if (adaptive === false)
    throw new TypeError("minConcurrency is given together with adaptive: false; leave one of them out");
  if (!Number.isInteger(minConcurrency) || minConcurrency < 1 || minConcurrency > concurrency)
    throw new RangeError(
      `minConcurrency is ${minConcurrency}: it must be a whole number from 1 to the concurrency, ${concurrency}`,
    );
  return minConcurrency;
}

/** A worker from one registration to its end. */
function oneRegistration(
  options: WorkerOptions,
  { registration, minConcurrency, log }: Pick<WorkerSettings, "registration" | "minConcurrency" | "log">,
  definitions: CodeDefinitions,
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
      const { transport } = connected;
      await definitions.register(transport);
      await connected.refresh();
      const drainMs = options.drainMs ?? 10_000;
      const jobFor = (job: TransportJob) => jobs.get(job.definition);
      const settings = { jobFor, transport, registration, minConcurrency, drainMs, log, onExpired };
      runtime = new WorkerRuntime(settings);
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
    const nothing = async () => undefined;
    return { transport: options.transport(), close: nothing, refresh: nothing };
  }
  if (!options.connectionString) throw new TypeError("createWorker needs a connectionString or a transport");
  const { engine, transport } = await connectPostgres(options.connectionString, log);
  return { transport, close: () => engine.close(), refresh: () => engine.catalog.check() };
}
