import type { Log } from "#server/system/log.ts";
import type { Transport, TransportJob, WorkerRegistration } from "../transports/transport.ts";
import type { AnyJob } from "./run-attempt.ts";

/** What a worker is made of. */
export interface WorkerSettings {
  /** The definition whose handler runs this job; undefined when this worker has none. */
  jobFor: (job: TransportJob) => AnyJob | undefined;
  transport: Transport;
  registration: WorkerRegistration;
  /** Concurrency adapts between this and that of the registration; null for one that stays what it is. */
  minConcurrency: number | null;
  /** How long a graceful stop waits for running handlers before it aborts them, ms. */
  drainMs: number;
  log: Log;
  /** A worker whose registration ended says so here. */
  onExpired?: () => void;
}
