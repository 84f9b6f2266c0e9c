import { compilePattern } from "./compile-pattern.ts";
import type { FailureRule } from "./failure-rule.ts";
import type { Evidence } from "./read-evidence.ts";

/** What the operators' rules are held against. */
interface OperatorFacts {
  layers: readonly Evidence[];
  dependency: string | null;
  definition: string | null;
}

function holds(rule: FailureRule, facts: OperatorFacts): boolean {
  const { errorName, code, httpStatus, messagePattern, dependency, definition } = rule.match;
  const { layers } = facts;
  if (dependency !== undefined && dependency !== facts.dependency) return false;
  if (definition !== undefined && definition !== facts.definition) return false;
  if (errorName !== undefined && !layers.some((layer) => !layer.body && layer.name === errorName))
    return false;
  if (code !== undefined && !layers.some((layer) => layer.codes.includes(String(code)))) return false;
  if (httpStatus !== undefined && !layers.some((layer) => layer.httpStatus === httpStatus)) return false;
  if (messagePattern !== undefined) {
    const pattern = compilePattern(messagePattern);
    if (pattern === null || !layers.some((layer) => !layer.body && pattern.test(layer.message))) return false;
  }
  return Object.values(rule.match).some((value) => value !== undefined);
}

/**
 * The first of the operators' rules whose every condition holds somewhere in the error or what it wraps, or
 * null. A rule whose pattern cannot be compiled never matches.
 */
export function matchOperatorRule(rules: readonly FailureRule[], facts: OperatorFacts): FailureRule | null {
  for (const rule of rules) if (holds(rule, facts)) return rule;
  return null;
}
