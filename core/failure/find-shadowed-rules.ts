import type { FailureRule } from "./failure-rule.ts";

/** A rule that can never decide, because an earlier one matches whatever it matches. */
export interface ShadowedRule {
  /** Places in the list, from 0. */
  rule: number;
  by: number;
}

const conditionsOf = ({ match }: Pick<FailureRule, "match">) =>
  Object.entries(match).filter(([, value]) => value !== undefined);

/**
 * The rules that an earlier rule shadows: every condition of the earlier one is a condition of the later one too, so
 * the later one matches only where the earlier has matched already. Conditions are compared as written: that one
 * pattern covers another is not seen, so what is found is certain and may not be all. Pure.
 */
export function findShadowedRules(rules: readonly Pick<FailureRule, "match">[]): ShadowedRule[] {
  return rules.flatMap((later, rule) => {
    const wanted = new Map(conditionsOf(later).map(([key, value]) => [key, String(value)]));
    const by = rules.slice(0, rule).findIndex((earlier) => {
      const conditions = conditionsOf(earlier);
      return conditions.length > 0 && conditions.every(([key, value]) => wanted.get(key) === String(value));
    });
    return by === -1 ? [] : [{ rule, by }];
  });
}
