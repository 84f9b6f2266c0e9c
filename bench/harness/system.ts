import type { FlowSystem } from "./flow-system.ts";

/** Names of the systems that are compared; `ceiling` is hand-written SQL with no engine around it. */
export const systemNames = [
  "signalbox",
  "graphile-worker-default",
  "graphile-worker-best",
  "pg-boss",
  "bullmq",
  "ceiling",
] as const;

export type SystemName = (typeof systemNames)[number];

/** Where one run happens: an empty database (or Redis) and the process id of its server, for its CPU time. */
export interface Place {
  url: string;
  serverPid: number;
}

/** The payload of every job of every system: about 200 bytes as JSON. */
export interface JobPayload {
  index: number;
  note: string;
}

/** `backlog`: everything is there before the worker starts. `stream`: jobs arrive while workers wait for them. */
export type Load = "backlog" | "stream";

export interface Producer {
  /** Resolves when the job is durable by the system's own rule (committed, or accepted by Redis). */
  submit(payload: JobPayload): Promise<void>;
  submitMany(payloads: JobPayload[]): Promise<void>;
  close(): Promise<void>;
}

export interface RunningWorker {
  /** True when another session sees no unfinished job: every completion is committed. */
  settled(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface WorkOptions {
  load: Load;
  /** Called once an attempt, at its start. A rejection fails the attempt, which is retried. */
  handler: (payload: JobPayload) => Promise<void>;
}

/** One contender: the same benches drive all of them through this. */
export interface BenchSystem {
  name: SystemName;
  server: "postgres" | "redis";
  /** The settings under which it runs, for the report. */
  settings: string;
  /** How long the system waits before the second attempt: as near to 1 s as it lets one choose. */
  retryDelayMs: number;
  /** How it runs several kinds of jobs in one pool, for the benches of flow control; absent where it has no retries. */
  flow?: FlowSystem;
  /** Make the tables, and whatever must be known before the first submit. */
  prepare(place: Place): Promise<void>;
  /** At most 10 connections. */
  openProducer(place: Place, load: Load): Promise<Producer>;
  startWorker(place: Place, options: WorkOptions): Promise<RunningWorker>;
  /** Throws unless exactly `jobs` jobs are recorded as completed (systems that keep history alone). */
  verifyHistory?(place: Place, jobs: number): Promise<void>;
  /** Add jobs that are due tomorrow, and finished ones, by plain SQL (Signalbox alone). */
  addPast?(place: Place, jobs: number): Promise<void>;
  addFuture?(place: Place, jobs: number): Promise<void>;
}
