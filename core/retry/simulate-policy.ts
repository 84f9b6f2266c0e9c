import type { FailureClass } from "../failure/failure-class.ts";
import type { PriorityClass } from "../priority/priority-class.ts";
import { seededRandom } from "../random.ts";
import { type DeadReason, decideRetry } from "./decide-retry.ts";
import type { RetryPolicy } from "./retry-policy.ts";

export interface PolicySimulation {
  /** The delay before each further attempt: one less than the attempts made. */
  delaysMs: number[];
  /** When each of those attempts starts. */
  runAtMs: number[];
  /** Why no further attempt follows the last one shown; null when one would. A third loss is `max-attempts`. */
  giveUpReason: null | "max-attempts" | "max-elapsed" | "class-not-retried";
}

/**
 * The schedule a policy gives a job whose every attempt fails in the same way, in no time, from `startMs`;
 * at most `attempts` of them. It asks the very function the dispatcher asks, so the same seed shows the same
 * schedule everywhere. An inactive breaker and a full budget are assumed.
 */
export function simulatePolicy(input: {
  policy: RetryPolicy;
  failureClass: FailureClass;
  priority: PriorityClass;
  attempts: number;
  seed: number;
  startMs: number;
}): PolicySimulation {
  const random = seededRandom(input.seed);
  const lost = input.failureClass === "worker-lost";
  const delaysMs: number[] = [];
  const runAtMs: number[] = [];
  let nowMs = input.startMs;
  let previousDelayMs: number | null = null;
  for (let attempt = 1; attempt <= input.attempts; attempt += 1) {
    const decision = decideRetry({
      policy: input.policy,
      failure: { class: input.failureClass },
      priority: input.priority,
      guarantee: "at-least-once",
      failures: lost ? 0 : attempt,
      losses: lost ? attempt : 0,
      attempt,
      elapsedMs: nowMs - input.startMs,
      nowMs,
      random,
      previousDelayMs,
    });
    if (decision.kind === "dead" || decision.kind === "escalate")
      return { delaysMs, runAtMs, giveUpReason: giveUp(decision.reason, lost) };
    if (decision.kind !== "retry" || attempt === input.attempts) break;
    delaysMs.push(decision.delayMs);
    runAtMs.push(decision.runAtMs);
    nowMs = decision.runAtMs;
    previousDelayMs = decision.drawnDelayMs;
  }
  return { delaysMs, runAtMs, giveUpReason: null };
}

function giveUp(reason: DeadReason, lost: boolean): PolicySimulation["giveUpReason"] {
  if (reason === "max-attempts" || reason === "max-elapsed") return reason;
  return lost && reason === "poison" ? "max-attempts" : "class-not-retried";
}
