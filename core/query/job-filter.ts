import type { FailureClass } from "../failure/failure-class.ts";
import type { JobState } from "../job/job-state.ts";
import type { PriorityClass } from "../priority/priority-class.ts";
import type { JobCondition } from "./job-condition.ts";

/** What a list of jobs can be narrowed by; every key that is given must hold. */
export interface JobFilter {
  states?: JobState[];
  /** Name of a queue; one that does not exist matches nothing. */
  queue?: string;
  /** Name of a definition; one that does not exist matches nothing. */
  definition?: string;
  priorities?: PriorityClass[];
  tag?: string;
  correlationId?: string;
  idempotencyKey?: string;
  concurrencyKey?: string;
  /** Fingerprint of any failed attempt of the job. */
  failureGroup?: string;
  /** Class of the job's latest failure. */
  failureClass?: FailureClass;
  /**
   * A job id, an idempotency key or correlation id, or words in the name of the definition, in the message of
   * the latest error, or in the payload.
   */
  q?: string;
  /** createdAt at or after, ms since 1970. */
  sinceMs?: number;
  /** createdAt at or before, ms since 1970. */
  untilMs?: number;
  /** Further conditions, as the qualifier bar of the console makes them; each must hold. */
  where?: JobCondition[];
}
