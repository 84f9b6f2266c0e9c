import type { Random } from "../clock.ts";
import type { DeliveryGuarantee } from "../definition/delivery-guarantee.ts";
import type { FailureClass } from "../failure/failure-class.ts";
import { type PriorityClass, priorityClasses } from "../priority/priority-class.ts";
import { sayDuration } from "../say-duration.ts";
import { classRule, defaultClassRules, type EffectiveClassRule } from "./class-rule.ts";
import { nextDelay } from "./next-delay.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** Everything a decision rests on. Durations and instants in milliseconds; nothing is read from anywhere else. */
export interface RetryFacts {
  policy: RetryPolicy;
  failure: {
    class: FailureClass;
    /** What the other side asked for, from now; null or absent when it did not. */
    retryAfterMs?: number | null;
    /** false: this failure has no chance although its class has; absent or true: the class decides. */
    retryable?: boolean;
  };
  priority: PriorityClass;
  /** Whether a retry has raised the job before, or since an operator's retry: it is raised once. Absent: no. */
  raised?: boolean;
  guarantee: DeliveryGuarantee;
  /** Failures counted so far, this one included (a lost worker is none). */
  failures: number;
  /** Workers lost so far, this one included. */
  losses: number;
  /** Number of the attempt that ended, for the sentences. */
  attempt: number;
  /** Since the first attempt (or the first after an operator's retry) started. */
  elapsedMs: number;
  nowMs: number;
  random: Random;
  /** Adaptive multiplier of the dependency, 1…16. */
  multiplier?: number;
  /** `drawnDelayMs` of the decision before, for decorrelated jitter; null the first time. */
  previousDelayMs?: number | null;
  budget?: { available: boolean; deferUntilMs: number };
  /** `untilMs` null: open until someone closes it. */
  breaker?: { open: boolean; untilMs: number | null; dependency: string };
}

export type DeadReason = "max-attempts" | "max-elapsed" | "class-not-retried" | "at-most-once" | "poison";

/**
 * What to do after a failed, timed-out or lost attempt. `because` are plain sentences with figures, in the order
 * in which they acted. `delayMs` is whole milliseconds; `baseDelayMs` is the delay before jitter; `drawnDelayMs` what
 * jitter drew, before Retry-After raised it: keep it and hand it back as `previousDelayMs`.
 * `raisedTo` is the class in which the next attempt is to run, absent for the one it has. `escalate` is the end of a job
 * whose policy asks a person then; `reason` says why nothing more is tried.
 */
export type RetryDecision =
  | {
      kind: "retry";
      delayMs: number;
      runAtMs: number;
      baseDelayMs: number;
      drawnDelayMs: number;
      raisedTo?: PriorityClass;
      because: string[];
    }
  | {
      kind: "hold";
      reason: "breaker-open" | "budget-spent";
      dependency: string | null;
      untilMs: number | null;
      /** The end of the backoff: not before it, whatever else ends the hold. */
      runAtMs: number;
      drawnDelayMs: number;
      raisedTo?: PriorityClass;
      because: string[];
    }
  | { kind: "dead"; reason: DeadReason; because: string[] }
  | { kind: "escalate"; reason: DeadReason; because: string[] };

/**
 * Decides between another attempt, holding and the dead letter. A retry costs somebody else, so it asks in
 * this order: may it run twice, is it poison, does the class have a chance, are attempts and time left, and only
 * then when; an open breaker or a spent budget turns that into a hold that is never shorter than the backoff.
 * A class of `cancelled` is dead for the policy; the caller ends such a job cancelled.
 */
export function decideRetry(facts: RetryFacts): RetryDecision {
  const rule = classRule(facts.policy, facts.failure.class);
  const end = hopeless(facts, rule) ?? exhausted(facts, rule);
  if (end !== null) return askOrEnd(end, facts, rule);

  const delay = nextDelay(facts, rule);
  const { maxElapsedMs } = facts.policy;
  if (maxElapsedMs !== undefined && facts.elapsedMs + delay.delayMs > maxElapsedMs) {
    const limit = `the next attempt would start ${sayDuration(facts.elapsedMs + delay.delayMs)} after the first, beyond the limit of ${sayDuration(maxElapsedMs)}`;
    return askOrEnd(dead("max-elapsed", ...delay.because, limit), facts, rule);
  }
  const next = held(facts, delay) ?? {
    kind: "retry" as const,
    ...delay,
    runAtMs: facts.nowMs + delay.delayMs,
  };
  return rule.raise ? raise(next, facts) : next;
}

type Dead = Extract<RetryDecision, { kind: "dead" }>;

/** The end, or what the policy of the class has in its place. */
function askOrEnd(end: Dead, { failure }: RetryFacts, rule: EffectiveClassRule): RetryDecision {
  if (!rule.escalate) return end;
  const asked = `the policy asks a person about class ${failure.class}`;
  return { kind: "escalate", reason: end.reason, because: [...end.because, asked] };
}

/** The next attempt in the next class up: once a job, and never beyond critical. */
function raise(
  next: Extract<RetryDecision, { kind: "retry" | "hold" }>,
  { priority, raised = false }: RetryFacts,
): RetryDecision {
  const up = priorityClasses[priorityClasses.indexOf(priority) - 1];
  if (raised || up === undefined) return next;
  return {
    ...next,
    raisedTo: up,
    because: [...next.because, `raised from ${priority} to ${up}, once a job`],
  };
}

function hopeless(facts: RetryFacts, rule: EffectiveClassRule): Dead | null {
  const { failure, guarantee, losses } = facts;
  if (guarantee === "at-most-once" && (failure.class === "worker-lost" || failure.class === "timeout")) {
    const what = failure.class === "timeout" ? "timed out" : "was lost with its worker";
    return dead(
      "at-most-once",
      `attempt ${facts.attempt} ${what} and may have taken effect; the job runs at most once`,
    );
  }
  if (failure.class === "worker-lost" && losses >= rule.maxAttempts) {
    return dead("poison", `loss ${losses} of ${rule.maxAttempts}: it takes its workers down`);
  }
  if (failure.class === "poison" && !rule.retry) return dead("poison", "class poison is quarantined");
  if (!rule.retry) return dead("class-not-retried", `class ${failure.class} is not retried`);
  // A verdict on this one failure is narrower than the policy's word on its class, which may have been
  // written to retry what usually is not.
  if (failure.retryable === false && defaultClassRules[failure.class].retry) {
    return dead(
      "class-not-retried",
      `class ${failure.class} is retried, but this failure cannot succeed unchanged`,
    );
  }
  return null;
}

function exhausted(facts: RetryFacts, rule: EffectiveClassRule): Dead | null {
  const { policy, failure, failures, elapsedMs } = facts;
  if (failure.class !== "worker-lost" && failures >= rule.maxAttempts) {
    const whose = rule.maxAttempts === policy.maxAttempts ? "" : ` for class ${failure.class}`;
    return dead("max-attempts", `failure ${failures} of ${rule.maxAttempts} attempts${whose}`);
  }
  if (policy.maxElapsedMs !== undefined && elapsedMs >= policy.maxElapsedMs) {
    const spent = `${sayDuration(elapsedMs)} since the first attempt, the limit is ${sayDuration(policy.maxElapsedMs)}`;
    return dead("max-elapsed", spent);
  }
  return null;
}

function held(
  facts: RetryFacts,
  delay: ReturnType<typeof nextDelay>,
): Extract<RetryDecision, { kind: "hold" }> | null {
  const runAtMs = facts.nowMs + delay.delayMs;
  const { breaker, budget } = facts;
  if (breaker?.open === true) {
    const untilMs = breaker.untilMs === null ? null : Math.max(breaker.untilMs, runAtMs);
    const how =
      untilMs === null ? "until it is closed" : `for ${sayDuration(untilMs - facts.nowMs)} at least`;
    return {
      kind: "hold",
      reason: "breaker-open",
      dependency: breaker.dependency,
      untilMs,
      runAtMs,
      drawnDelayMs: delay.drawnDelayMs,
      because: [...delay.because, `the breaker of ${breaker.dependency} is open: held ${how}`],
    };
  }
  if (budget?.available === false) {
    const untilMs = Math.max(budget.deferUntilMs, runAtMs);
    return {
      kind: "hold",
      reason: "budget-spent",
      dependency: null,
      untilMs,
      runAtMs,
      drawnDelayMs: delay.drawnDelayMs,
      because: [
        ...delay.because,
        `the retry budget is spent: deferred by ${sayDuration(untilMs - facts.nowMs)}`,
      ],
    };
  }
  return null;
}

function dead(reason: DeadReason, ...because: string[]): Dead {
  return { kind: "dead", reason, because };
}
