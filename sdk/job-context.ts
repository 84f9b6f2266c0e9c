/** The last checkpoint of a job, as an earlier attempt saved it. */
export interface Checkpoint {
  data: unknown;
  schemaVersion: number | null;
  artifacts: unknown;
}

/** What a handler is given beside its input. */
export interface JobContext {
  readonly jobId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Aborts on timeout, cancel, shutdown and when the lease is lost: pass it to everything that can wait. */
  readonly signal: AbortSignal;
  /** The same for every attempt of the job: send it to services that can refuse to do a thing twice. */
  readonly idempotencyToken: string;
  /** W3C trace context of whoever submitted the job. */
  readonly traceparent: string | null;
  readonly lastCheckpoint: Checkpoint | null;
  readonly log: JobLog;
  /** Save where a retry may resume; rejects when the lease is lost. At most 256 KiB of JSON. */
  checkpoint(data: unknown, more?: { schemaVersion?: number; artifacts?: unknown }): Promise<void>;
  /** Say that work goes on, and how far it is (0–1). Restarts the heartbeat limit of the definition. */
  progress(share?: number): void;
}

/**
 * Log lines of an attempt: written to the worker's own log with job and attempt ids added, and kept for the console, at most
 * 1,000 lines and 256 KiB an attempt, secrets cut out.
 */
export interface JobLog {
  info(message: string, facts?: object): void;
  warn(message: string, facts?: object): void;
  error(message: string, facts?: object): void;
}
