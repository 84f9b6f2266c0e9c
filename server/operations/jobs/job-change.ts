import type { JobState } from "#core/job/job-state.ts";
import type { TakeablePlacement } from "#server/store/jobs/take-waiting-job.ts";
import type { JobAction } from "./job-action.ts";
import type { JobWrites } from "./job-writes.ts";

/** What became of one job, for the audit trail, the counters and the workers that may be asleep. */
export interface JobChange {
  from: JobState;
  to: JobState;
  lane: number;
  rank: number;
  /** The lane has something to claim that it had not before. */
  wake: boolean;
  /** Attempts it had; only told by a retry. */
  attempt?: number;
  /** What else of the job changed, for the audit trail. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Why a job was left as it was, in words that go on after 'job 17 '. */
export interface JobRefusal {
  refused: string;
}

/**
 * One act on one job inside a transaction: guards on the job's state, changes it and writes its event; the caller
 * flushes the writes. Null when the
 * job is in no state that allows it (the caller finds out which); a refusal when the state allows it and something
 * else does not.
 */
export interface ChangeJob {
  (writes: JobWrites, action: JobAction): Promise<JobChange | JobRefusal | null>;
  /** Where it takes jobs out of, so that many can be taken together; none: it looks at each by itself. */
  takes: readonly TakeablePlacement[];
}
