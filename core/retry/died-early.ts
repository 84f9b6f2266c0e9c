import type { RecordedJob } from "./backtest-policy.ts";
import { classRule, defaultClassRules } from "./class-rule.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** Whether a dead job ended because its attempts or its time were spent, not because its failure has no chance. */
export function diedEarly({ failures, succeededAtMs }: RecordedJob, policy: RetryPolicy): boolean {
  const last = failures.at(-1);
  const first = failures[0];
  if (succeededAtMs !== null || last === undefined || first === undefined) return false;
  const rule = classRule(policy, last.class);
  if (!rule.retry || !last.retryable || !defaultClassRules[last.class].retry) return false;
  if (last.class === "worker-lost") return false;
  const counted = failures.filter((failure) => failure.class !== "worker-lost").length;
  return counted >= rule.maxAttempts || policy.maxElapsedMs !== undefined;
}
