import type { FailureClass } from "#core/failure/failure-class.ts";
import { allBuiltInRules } from "#core/failure/rules/all-built-in-rules.ts";
import type { BuiltInRule } from "#core/failure/rules/built-in-rule.ts";

/** A rule that comes with the product, for reading. */
export type BuiltInRuleView = Pick<
  BuiltInRule,
  "id" | "name" | "match" | "class" | "origin" | "remediation" | "source"
>;

const wordsOf = ({ id, name, match }: BuiltInRule) =>
  [
    id,
    name,
    ...(match.code ?? []),
    ...(match.errorName ?? []),
    ...(match.httpStatus ?? []),
    ...(match.messagePattern ?? []),
  ]
    .join(" ")
    .toLowerCase();
const searchable = allBuiltInRules.map((rule) => ({ rule, words: wordsOf(rule) }));

/** Built-in rules in their order that hold every word asked for, from the place `from` on. */
export function searchBuiltInRules(
  asked: { q: string; class: FailureClass | null },
  from: number,
  limit: number,
): { rules: BuiltInRuleView[]; matching: number; total: number; next: number | null } {
  const words = asked.q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = searchable.filter(
    (each) =>
      (asked.class === null || each.rule.class === asked.class) &&
      words.every((word) => each.words.includes(word)),
  );
  return {
    rules: found.slice(from, from + limit).map(({ rule }) => {
      const { id, name, match, class: failureClass, origin, remediation, source } = rule;
      return { id, name, match, class: failureClass, origin, remediation, source };
    }),
    matching: found.length,
    total: allBuiltInRules.length,
    next: from + limit < found.length ? from + limit : null,
  };
}
