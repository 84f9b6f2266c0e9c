import {
  type FailureClass,
  type FailureOrigin,
  failureClasses,
  failureOrigins,
} from "#core/failure/failure-class.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";
import type { RuleDraft } from "#server/api/rules/draft-from-group.ts";

/** A rule to begin with, with an id that none of `rules` has: empty, or as a failure suggests it. */
export function newRule(rules: readonly FailureRule[], draft: RuleDraft | null): FailureRule {
  let number = rules.length + 1;
  while (rules.some((rule) => rule.id === `rule-${number}`)) number += 1;
  const failureClass: FailureClass = failureClasses.find((name) => name === draft?.class) ?? "permanent";
  const origin: FailureOrigin = failureOrigins.find((name) => name === draft?.origin) ?? "third-party";
  return {
    id: `rule-${number}`,
    name: draft?.name ?? "",
    match: draft?.match ?? {},
    class: failureClass,
    origin,
  };
}
