import { classRule, defaultClassRules } from "./class-rule.ts";
import type { ChangedPolicy } from "./policy-change.ts";
import type { RetryOdds } from "./retry-odds.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** What is left to a class that may be an outage's: the first attempt and one retry. */
const fewAttempts = 2;

/**
 * Changes for a class whose retries are futile: not retried any more when it is one that cannot succeed unless someone
 * acts; else one retry is left, since tomorrow's failures of the class may have another cause. Losses of workers are
 * left alone: their limit is what makes a job poison.
 */
export function suggestClassLimit(policy: RetryPolicy, odds: RetryOdds): ChangedPolicy | null {
  const { failureClass, tried, succeeded, high, isFutile } = odds;
  if (failureClass === null || !isFutile || failureClass === "worker-lost") return null;
  const rule = classRule(policy, failureClass);
  if (!rule.retry) return null;
  const own = policy.perClass?.[failureClass];
  const figures = { failureClass, tried, succeeded, high };
  if (!defaultClassRules[failureClass].retry) {
    const perClass = { ...policy.perClass, [failureClass]: { retry: false } };
    return { policy: { ...policy, perClass }, change: { kind: "stop-class", ...figures } };
  }
  if (rule.maxAttempts <= fewAttempts) return null;
  const limited = { ...own, retry: true, maxAttempts: fewAttempts };
  return {
    policy: { ...policy, perClass: { ...policy.perClass, [failureClass]: limited } },
    change: { kind: "limit-class", was: rule.maxAttempts, maxAttempts: fewAttempts, ...figures },
  };
}
