import { classifyFailure } from "./classify-failure.ts";
import type { FailureReport } from "./failure-report.ts";
import type { FailureRule } from "./failure-rule.ts";

/** A failure as it was recorded, with what classification looked at beside the report. */
export interface RecordedFailure {
  jobId: string;
  attempt: number;
  fingerprint: string;
  definition: string;
  dependency: string | null;
  knownDependencies: readonly string[];
  report: FailureReport;
}

/** What a rule says of a failure. */
interface Verdict {
  class: string;
  origin: string;
  rule: string | null;
}

/** Failures that a draft would classify otherwise, all in the same way. */
export interface RuleChange {
  from: Verdict;
  to: Verdict;
  failures: number;
  /** The newest of them, one a failure group. */
  samples: { jobId: string; attempt: number; fingerprint: string; definition: string; message: string }[];
}

export interface RuleTrial {
  looked: number;
  /** Most failures first. */
  changes: RuleChange[];
  /** Failures that each rule of the draft decided, in the order of the draft. */
  decided: number[];
}

const mostSamples = 3;
const sampleText = 200;

/**
 * What would become of recorded failures, newest first, if `draft` stood in place of `inForce`: which would change
 * class or origin, and how many each rule of the draft decides. Reports are as stored, with secrets cut out, so a
 * pattern that looks for a secret finds none. Pure.
 */
export function tryRules(
  failures: readonly RecordedFailure[],
  inForce: readonly FailureRule[],
  draft: readonly FailureRule[],
): RuleTrial {
  const decided = new Map(draft.map((rule) => [rule.id, 0]));
  const changes = new Map<string, RuleChange>();
  for (const failure of failures) {
    const { report, dependency, definition, knownDependencies } = failure;
    const judge = (rules: readonly FailureRule[]): Verdict & { ruleId: string | null } => {
      const verdict = classifyFailure(report, { rules, dependency, definition, knownDependencies });
      return {
        class: verdict.class,
        origin: verdict.origin,
        rule: verdict.rule?.name ?? null,
        ruleId: verdict.rule?.id ?? null,
      };
    };
    const { ruleId: _, ...from } = judge(inForce);
    const { ruleId, ...to } = judge(draft);
    const count = ruleId === null ? undefined : decided.get(ruleId);
    if (ruleId !== null && count !== undefined) decided.set(ruleId, count + 1);
    if (from.class === to.class && from.origin === to.origin) continue;
    const key = JSON.stringify([from, to]);
    const change = changes.get(key) ?? { from, to, failures: 0, samples: [] };
    change.failures += 1;
    const { jobId, attempt, fingerprint } = failure;
    const known = change.samples.some((sample) => sample.fingerprint === fingerprint);
    if (!known && change.samples.length < mostSamples)
      change.samples.push({
        ...{ jobId, attempt, fingerprint, definition },
        message: `${report.name}: ${report.message}`.slice(0, sampleText),
      });
    changes.set(key, change);
  }
  return {
    looked: failures.length,
    changes: [...changes.values()].sort((a, b) => b.failures - a.failures),
    decided: draft.map((rule) => decided.get(rule.id) ?? 0),
  };
}
