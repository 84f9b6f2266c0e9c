import type { DeliveryGuarantee } from "../definition/delivery-guarantee.ts";
import type { FailureClass } from "../failure/failure-class.ts";
import type { PriorityClass } from "../priority/priority-class.ts";
import { decideRetry } from "./decide-retry.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** A job that waits for its next attempt. */
export interface WaitingRetry {
  failureClass: FailureClass;
  priority: PriorityClass;
  guarantee: DeliveryGuarantee;
  failures: number;
  losses: number;
  attempt: number;
  /** From its first attempt to the one it waits for, ms. */
  elapsedMs: number;
}

/** What a new policy changes for a job should it fail once more in the same way: half of the jitter is taken. */
export type NextDecision = "same" | "sooner" | "later" | "dies" | "retried";

/** Compare what two policies would say of the next failure; the waiting time that is already set stays. */
export function compareNextDecision(
  job: WaitingRetry,
  before: RetryPolicy,
  after: RetryPolicy,
): NextDecision {
  const [was, is] = [decide(job, before), decide(job, after)];
  if (was === is) return "same";
  if (was === null) return "retried";
  if (is === null) return "dies";
  return is < was ? "sooner" : "later";
}

/** The delay until the attempt after the next, ms; null when there is none. */
function decide(job: WaitingRetry, policy: RetryPolicy): number | null {
  const lost = job.failureClass === "worker-lost";
  const decision = decideRetry({
    policy,
    failure: { class: job.failureClass },
    priority: job.priority,
    guarantee: job.guarantee,
    failures: job.failures + (lost ? 0 : 1),
    losses: job.losses + (lost ? 1 : 0),
    attempt: job.attempt + 1,
    elapsedMs: job.elapsedMs,
    nowMs: 0,
    random: () => 0.5,
  });
  return decision.kind === "retry" ? decision.delayMs : null;
}
