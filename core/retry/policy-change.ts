import type { FailureClass } from "../failure/failure-class.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** One change that a suggestion makes, with the figures it rests on. Durations in milliseconds, chances 0…1. */
export type PolicyChange =
  /** Retries of the class surely succeed less often than `high`: they stop. */
  | { kind: "stop-class"; failureClass: FailureClass; tried: number; succeeded: number; high: number }
  /** The same, of a class that outages may cause: one retry is left. */
  | {
      kind: "limit-class";
      failureClass: FailureClass;
      was: number;
      maxAttempts: number;
      tried: number;
      succeeded: number;
      high: number;
    }
  /** Jobs died before what stood in their way went away, which 9 of 10 times took `neededMs`. */
  | { kind: "outlast"; died: number; neededMs: number; wasReachMs: number; reachMs: number }
  /** The last attempts still succeed with chance `mean`, and jobs die for want of more. */
  | { kind: "more-attempts"; was: number; maxAttempts: number; mean: number; died: number }
  /** Of the jobs that came beyond `maxAttempts` surely less than `high` were saved. */
  | {
      kind: "fewer-attempts";
      was: number;
      maxAttempts: number;
      tried: number;
      succeeded: number;
      high: number;
    };

/** A policy that is one change away from another. */
export interface ChangedPolicy {
  policy: RetryPolicy;
  change: PolicyChange;
}
