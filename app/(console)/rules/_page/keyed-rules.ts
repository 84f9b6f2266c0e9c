import type { FailureRule } from "#core/failure/failure-rule.ts";

/** Rules by their name with their place, so that a comparison speaks of a rule and not of a position in a list. */
export function keyedRules(rules: readonly FailureRule[]): Record<string, unknown> {
  const keyed: Record<string, unknown> = Object.create(null);
  for (const [place, { id, name, ...rule }] of rules.entries())
    keyed[Object.hasOwn(keyed, name) ? `${name} (${id})` : name] = { place: place + 1, ...rule };
  return keyed;
}
