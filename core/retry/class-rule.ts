import type { FailureClass } from "../failure/failure-class.ts";
import type { BackoffLaw, ClassRule, RetryPolicy } from "./retry-policy.ts";

/** What holds for a class when the policy does not mention it; reasons in docs/words.md. */
export const defaultClassRules: Readonly<Record<FailureClass, ClassRule>> = {
  transient: { retry: true },
  timeout: { retry: true },
  "rate-limited": { retry: true },
  "dependency-down": { retry: true },
  "worker-lost": { retry: true, maxAttempts: 3 },
  unknown: { retry: true, maxAttempts: 3 },
  "invalid-input": { retry: false },
  permanent: { retry: false },
  bug: { retry: false },
  poison: { retry: false },
  cancelled: { retry: false },
};

/** The rule in force for a class, every limit filled in. */
export interface EffectiveClassRule {
  retry: boolean;
  factor: number;
  /** undefined: the class has no law of its own. */
  law: BackoffLaw | undefined;
  maxAttempts: number;
  /** Its retry runs in the next class up, once a job. */
  raise: boolean;
  /** A person is asked when no attempt is left. */
  escalate: boolean;
}

/**
 * A policy's own words on a class over the defaults, field by field: naming `factor` for `unknown` leaves its
 * limit of three attempts. A limit from the defaults never raises the policy's; one from the policy may.
 */
export function classRule(policy: RetryPolicy, failureClass: FailureClass): EffectiveClassRule {
  const own = policy.perClass?.[failureClass];
  const usual = defaultClassRules[failureClass];
  const usualLimit = usual.maxAttempts ?? policy.maxAttempts;
  return {
    retry: own?.retry ?? usual.retry,
    factor: own?.factor ?? 1,
    law: own?.law,
    raise: own?.raise ?? false,
    escalate: own?.escalate ?? false,
    maxAttempts:
      own?.maxAttempts ??
      (failureClass === "worker-lost" ? usualLimit : Math.min(usualLimit, policy.maxAttempts)),
  };
}
