import { nowMs } from "#server/system/clock.ts";
import type { Checkpoint } from "../job-context.ts";
import type { TransportJob } from "./transport.ts";

/** A job as POST /workers/{id}/claim answers it. */
export interface OfferedJob {
  id: string;
  attempt: number;
  token: string;
  definition: string;
  version: number;
  payload: unknown;
  checkpoint: Checkpoint | null;
  timeoutMs: number;
  traceparent: string | null;
  /** What its handler calls, by name. */
  dependencies: string[];
}

/** Rank of a job whose class the protocol does not tell: normal. */
const normalRank = 2;

/** An offered job as a worker holds it. */
export function asJob(job: OfferedJob): TransportJob {
  return {
    id: job.id,
    // Each job stands under a lease of its own at the server, which its token names.
    leaseId: `${job.id}.${job.attempt}`,
    token: job.token,
    attempt: job.attempt,
    definition: job.definition,
    version: job.version,
    rank: normalRank,
    lane: 0,
    payload: JSON.stringify(job.payload),
    runAtMs: nowMs(),
    traceparent: job.traceparent,
    checkpoint: job.checkpoint,
    attemptMs: job.timeoutMs,
    heartbeatMs: null,
    target: null,
    dependencies: job.dependencies,
  };
}
