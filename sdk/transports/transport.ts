import type { FailureReport } from "#core/failure/failure-report.ts";
import type { Checkpoint } from "../job-context.ts";

/** A job a worker has claimed, with all that running and settling it takes. */
export interface TransportJob {
  id: string;
  leaseId: string;
  /** Settles this attempt over HTTP; null on Postgres, where the lease itself is named. */
  token: string | null;
  attempt: number;
  definition: string;
  version: number;
  /** 0 critical … 4 bulk. */
  rank: number;
  lane: number;
  /** JSON text. */
  payload: string;
  runAtMs: number;
  traceparent: string | null;
  checkpoint: Checkpoint | null;
  attemptMs: number;
  heartbeatMs: number | null;
  /** Where the job is called, when its definition has an HTTP target. */
  target: string | null;
  /** What its handler calls, by name; most have none. */
  dependencies: readonly string[];
}

/** A finished run: completed with output, or ended with a failure. Times are database time, ms since 1970. */
export interface FinishedRun {
  job: TransportJob;
  startedAtMs: number;
  finishedAtMs: number;
  result:
    | { kind: "completed"; output: string | null }
    | { kind: "failed" | "timed-out"; failure: FailureReport }
    | { kind: "released" }
    | { kind: "preempted" };
}

export interface WorkerRegistration {
  pool: string;
  definitions: string[];
  concurrency: number;
  host: string;
  version: string | null;
  heartbeatMs: number;
  leaseMs: number;
}

export interface HeartbeatReport {
  leaseIds: readonly string[];
  cancel: readonly string[];
  /** Jobs to give up at their next checkpoint: urgent work needs the slot. */
  preempt: readonly string[];
  /** Most jobs to run at once by order: 0 out for failing more than its peers, 1 while probed, null as many as it has slots. */
  allowance: number | null;
  /** Asked to stop claiming and finish. */
  drain: boolean;
  /** The registration has ended: everything held is lost and the worker must register again. */
  expired: boolean;
  /** When the heartbeat was sent, on the monotonic clock of {@link monotonicEpochMs}. */
  requestedAtMs: number;
}

/** How many attempts a worker runs at once now, where that is not simply its concurrency, and why. */
export interface SlotLimit {
  slots: number;
  because: string;
}

/** An adapted limit that has stayed for a while. */
export interface AdaptedLimit {
  before: number;
  limit: number;
  because: string;
  figures: Record<string, number>;
}

/** What a worker asks for: `max` jobs, of those `maxOther` below high, none of definitions that need one of `except`. */
export interface ClaimLimits {
  max: number;
  maxOther: number;
  waitMs: number;
  except: readonly string[];
}

/** What the worker tells the transport's heartbeat of itself. */
export interface Vitals {
  running: number;
  saturation: number;
  /** Leases held, with the attempts that run under each. */
  leases: ReadonlyMap<string, readonly { id: string; attempt: number; progress: number | null }[]>;
  /** Database time at which the first running attempt is past its limit, ms; Infinity for none. */
  firstDeadlineMs: number;
  /** Null for a worker that runs as many as its concurrency says. */
  limit: SlotLimit | null;
}

export type LogLevel = "info" | "warn" | "error";

/** A line that a handler logged; `facts` is JSON text. */
export interface LogLine {
  /** From 1 in each attempt. */
  seq: number;
  /** Database time, ms since 1970. */
  atMs: number;
  level: LogLevel;
  message: string;
  facts: string | null;
}

/** How a worker reaches Signalbox. One contract test suite holds for every implementation. */
export interface Transport {
  /** Register a definition by the body of PUT /definitions. */
  register(name: string, body: Record<string, unknown>): Promise<void>;
  /** Register, and start heartbeats that report to `onHeartbeat` until closed. */
  start(
    registration: WorkerRegistration,
    vitals: () => Vitals,
    onHeartbeat: (report: HeartbeatReport) => void,
  ): Promise<void>;
  /** The worker's id; changes when it registers again. */
  readonly workerId: string;
  readonly leaseMs: number;
  /** Share of slots kept for critical and high, as the operators have set it now. */
  readonly reservedShare: number;
  /** Called when there may be work. */
  onWake(listener: () => void): void;
  /** Database time now, ms since 1970. */
  nowMs(): number;
  /** Jobs in the order to start them. */
  claim(limits: ClaimLimits, signal: AbortSignal): Promise<TransportJob[]>;
  /**
   * Settle runs and drop the leases in `closed`; resolves to the ids accepted when it is durable. Rejects on a lost
   * connection: calling again with the same is safe.
   */
  settle(runs: readonly FinishedRun[], closed: readonly string[]): Promise<"all" | ReadonlySet<string>>;
  /** Hand back jobs that never started. */
  release(jobs: readonly TransportJob[], closed: readonly string[]): Promise<void>;
  /** Never renew these leases again: this process has given them up, so they are left to run out. */
  letGo(leaseIds: readonly string[]): void;
  /** Resolves to false when the lease is lost. */
  checkpoint(
    job: TransportJob,
    data: string,
    schemaVersion: number | null,
    artifacts: string | null,
  ): Promise<boolean>;
  /** Keep a line of the attempt's log; written in batches, half a second later at most unless Signalbox is away. */
  log(job: TransportJob, line: LogLine): void;
  /** Count starts for the charts. */
  started(job: TransportJob, waitMs: number): void;
  /** Whether an open breaker, or an operator, lets nobody call this dependency; absent where that is not known. */
  isShut?(dependency: string): boolean;
  /** Starts a second that the gate of this dependency lets through; null for any number, absent where that is not known. */
  rateOf?(dependency: string): number | null;
  /** From how long on a call of this dependency is slow, ms; null where that is not known. */
  slowMsOf?(dependency: string): number | null;
  /** A call that still runs has passed the slow limit of this dependency. Told once for each call and dependency. */
  overdue?(job: TransportJob, dependency: string): void;
  /** The worker has adapted its concurrency. */
  limitAdapted?(change: AdaptedLimit): void;
  /** Write what is left of the logs, end the registration and disconnect. */
  close(): Promise<void>;
}

/** Monotonic milliseconds that different threads of one process can compare. */
export function monotonicEpochMs(): number {
  return performance.timeOrigin + performance.now();
}
