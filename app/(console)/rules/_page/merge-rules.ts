import { canonicalJson } from "#core/definition/canonical-json.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";

const same = (a: FailureRule | undefined, b: FailureRule | undefined) =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

/**
 * Lay my edit over theirs, both begun from `base`: rules I changed or added are as I have them, rules I removed are
 * gone, all others are theirs. Their order stands, with what I added after the rule it follows in mine; if I alone
 * moved rules, my order stands.
 */
export function mergeRules(
  base: readonly FailureRule[],
  mine: readonly FailureRule[],
  theirs: readonly FailureRule[],
): FailureRule[] {
  const byId = (rules: readonly FailureRule[]) => new Map(rules.map((rule) => [rule.id, rule]));
  const [was, my] = [byId(base), byId(mine)];
  const removed = base.filter((rule) => !my.has(rule.id)).map((rule) => rule.id);
  const merged = theirs.flatMap((rule) => {
    if (removed.includes(rule.id)) return [];
    const own = my.get(rule.id);
    return own !== undefined && !same(own, was.get(rule.id)) ? [own] : [rule];
  });
  for (const [place, rule] of mine.entries()) {
    if (merged.some((each) => each.id === rule.id)) continue;
    // Theirs removed it: mine stands only if I changed it.
    if (was.has(rule.id) && same(rule, was.get(rule.id))) continue;
    const before = mine.slice(0, place).findLast((each) => merged.some((one) => one.id === each.id));
    const at = before === undefined ? 0 : merged.findIndex((each) => each.id === before.id) + 1;
    merged.splice(at, 0, rule);
  }
  const order = (rules: readonly FailureRule[], kept: ReadonlyMap<string, unknown>) =>
    rules.filter((rule) => kept.has(rule.id)).map((rule) => rule.id);
  const [ours, theirOrder] = [byId(mine), byId(theirs)];
  const shared = new Map([...was].filter(([id]) => ours.has(id) && theirOrder.has(id)));
  const theyMoved = order(base, shared).join() !== order(theirs, shared).join();
  const iMoved = order(base, shared).join() !== order(mine, shared).join();
  if (!iMoved || theyMoved) return merged;
  const rank = new Map(mine.map((rule, place) => [rule.id, place]));
  const mineFirst = merged
    .filter((rule) => rank.has(rule.id))
    .sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  return merged.map((rule) => (rank.has(rule.id) ? (mineFirst.shift() ?? rule) : rule));
}
