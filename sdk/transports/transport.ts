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
}

/** A finished run: completed with output, or ended with a failure. Times are database time, ms since 1970. */
export interface FinishedRun {
  job: TransportJob;
  startedAtMs: number;
  finishedAtMs: number;
  result:
    | { kind: "completed"; output: string | null }
    | { kind: "failed" | "timed-out"; failure: FailureReport }
    | { kind: "released" };
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
  /** Asked to stop claiming and finish. */
  drain: boolean;
  /** The registration has ended: everything held is lost and the worker must register again. */
  expired: boolean;
  /** When the heartbeat was sent, on the monotonic clock of {@link monotonicEpochMs}. */
  requestedAtMs: number;
}

/** What the worker tells the transport's heartbeat of itself. */
export interface Vitals {
  running: number;
  saturation: number;
  /** Leases held, with the attempts that run under each. */
  leases: ReadonlyMap<string, readonly { id: string; attempt: number; progress: number | null }[]>;
  /** Database time at which the first running attempt is past its limit, ms; Infinity for none. */
  firstDeadlineMs: number;
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
  /** Up to `max` jobs in the order to start them, at most `maxOther` below high. */
  claim(
    limits: { max: number; maxOther: number; waitMs: number },
    signal: AbortSignal,
  ): Promise<TransportJob[]>;
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
  /** Write what is left of the logs, end the registration and disconnect. */
  close(): Promise<void>;
}

/** Monotonic milliseconds that different threads of one process can compare. */
export function monotonicEpochMs(): number {
  return performance.timeOrigin + performance.now();
}
