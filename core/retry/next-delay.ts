import type { PriorityClass } from "../priority/priority-class.ts";
import { sayDuration } from "../say-duration.ts";
import { lawDelayMs, lawRangeMs } from "./backoff.ts";
import type { EffectiveClassRule } from "./class-rule.ts";
import type { RetryFacts } from "./decide-retry.ts";
import { jitterDelayMs } from "./jitter.ts";
import type { BackoffLaw } from "./retry-policy.ts";

/** Urgent work comes back sooner, work in bulk later. */
export const priorityFactor: Readonly<Record<PriorityClass, number>> = {
  critical: 0.5,
  high: 0.75,
  normal: 1,
  low: 1.5,
  bulk: 2,
};

export interface NextDelay {
  delayMs: number;
  baseDelayMs: number;
  drawnDelayMs: number;
  because: string[];
}

/**
 * How long to wait: law → cap → class factor → priority factor → adaptive multiplier → jitter, then Retry-After as
 * a lower bound over all of it. A lost worker comes back at once unless the policy gives that class a law.
 */
export function nextDelay(facts: RetryFacts, rule: EffectiveClassRule): NextDelay {
  const { failure, policy, priority, random } = facts;
  const lost = failure.class === "worker-lost";
  const because: string[] = [];
  let baseDelayMs = 0;
  let drawnDelayMs = 0;
  if (lost && rule.law === undefined) {
    because.push(`loss ${facts.losses} of a worker: a new attempt at once`);
  } else {
    const law = rule.law ?? policy.law;
    const count = lost ? facts.losses : facts.failures;
    baseDelayMs = lawDelayMs(law, count);
    because.push(sayLaw(law, count, baseDelayMs));
    let scale = 1;
    for (const [name, factor] of [
      [`class ${failure.class}`, rule.factor],
      [`priority ${priority}`, priorityFactor[priority]],
      ["adaptive multiplier", facts.multiplier ?? 1],
    ] as const) {
      if (factor === 1) continue;
      scale *= factor;
      baseDelayMs *= factor;
      because.push(`${name} × ${factor} = ${sayDuration(baseDelayMs)}`);
    }
    const range = lawRangeMs(law);
    drawnDelayMs = jitterDelayMs(policy.jitter, {
      delayMs: baseDelayMs,
      minDelayMs: policy.minDelayMs,
      baseMs: range.baseMs * scale,
      capMs: range.capMs * scale,
      previousDelayMs: facts.previousDelayMs ?? null,
      random,
    });
    if (policy.jitter === "decorrelated") {
      because.push(
        `decorrelated jitter drew ${sayDuration(drawnDelayMs)}, at most ${sayDuration(range.capMs * scale)}`,
      );
    } else if (policy.jitter !== "none") {
      because.push(
        `${policy.jitter} jitter drew ${sayDuration(drawnDelayMs)} of ${sayDuration(baseDelayMs)}`,
      );
    }
  }
  let delayMs = Math.round(drawnDelayMs);
  const askedMs = failure.retryAfterMs ?? 0;
  if (askedMs > 0 && Number.isFinite(askedMs)) {
    if (policy.honourRetryAfter) {
      because.push(`Retry-After asked for ${sayDuration(askedMs)}`);
      delayMs = Math.max(delayMs, Math.ceil(askedMs));
    } else {
      because.push(`Retry-After asked for ${sayDuration(askedMs)}, which the policy does not honour`);
    }
  }
  return { delayMs, baseDelayMs, drawnDelayMs, because };
}

function sayLaw(law: BackoffLaw, count: number, delayMs: number): string {
  const result = sayDuration(delayMs);
  switch (law.kind) {
    case "constant":
      return `law constant ${result}`;
    case "linear":
      return `law linear ${sayDuration(law.baseMs)} + ${sayDuration(law.stepMs)} × ${count - 1}${equals(law.capMs, delayMs)}`;
    case "exponential":
      return `law exponential ${sayDuration(law.baseMs)} × ${law.factor}^${count - 1}${equals(law.capMs, delayMs)}`;
    case "list":
      return `law list, entry ${Math.min(count, law.delaysMs.length)} of ${law.delaysMs.length} = ${result}`;
  }
}

function equals(capMs: number, delayMs: number): string {
  return delayMs === capMs ? `, capped at ${sayDuration(capMs)}` : ` = ${sayDuration(delayMs)}`;
}
