import { type FailureClass, type FailureOrigin, failureClasses } from "./failure-class.ts";
import type { FailureReport } from "./failure-report.ts";
import type { FailureRule } from "./failure-rule.ts";
import { type BuiltInMatchResult, matchBuiltInRule } from "./match-built-in-rule.ts";
import { matchOperatorRule } from "./match-operator-rule.ts";
import { type Evidence, readEvidence } from "./read-evidence.ts";
import { readRetryAfterWords } from "./retry-after.ts";

/** What classification may look at beside the report. */
export interface ClassificationContext {
  /** The operators' rules in their order; the built-in ones follow. */
  rules: readonly FailureRule[];
  /** The dependency the job was calling, where the report names none. */
  dependency?: string | null;
  definition?: string | null;
  /** Names or hosts of dependencies the system knows; a host among them that has no address is down, not wrong. */
  knownDependencies?: readonly string[];
}

/** What a failure is, and why: `rule` is the rule that decided, null for the handler's own verdict and for unknown. */
export interface Classification {
  class: FailureClass;
  origin: FailureOrigin;
  /** Whether the same job, unchanged, with nobody acting, has a fair chance. */
  retryable: boolean;
  rule: { id: string; name: string } | null;
  remediation: string | null;
  runbookUrl: string | null;
  /** The wait the other side asked for, in milliseconds; null when it said none. */
  retryAfterMs: number | null;
}

const retryableClasses: ReadonlySet<FailureClass> = new Set([
  "transient",
  "timeout",
  "rate-limited",
  "dependency-down",
  "worker-lost",
  "unknown",
]);

const verdictNames: Readonly<Record<string, FailureClass>> = {
  PermanentError: "permanent",
  RateLimitedError: "rate-limited",
  DependencyError: "dependency-down",
};
const classes: ReadonlySet<unknown> = new Set(failureClasses);

/** The handler's own verdict, the outermost one first: it spoke last. */
function verdictOf(report: FailureReport, depth: number): FailureClass | null {
  if (classes.has(report.class)) return report.class ?? null;
  const named = Object.hasOwn(verdictNames, report.name) ? verdictNames[report.name] : undefined;
  if (named !== undefined) return named;
  if (depth < 12 && Array.isArray(report.causes))
    for (const cause of report.causes.slice(0, 10)) {
      const inner = typeof cause === "object" && cause !== null ? verdictOf(cause, depth + 1) : null;
      if (inner !== null) return inner;
    }
  return null;
}

/** Where a failure of a class lies when no rule says. */
function usualOrigin(failureClass: FailureClass, dependencyNamed: boolean): FailureOrigin {
  switch (failureClass) {
    case "bug":
    case "poison":
      return "code";
    case "invalid-input":
      return "data";
    case "rate-limited":
    case "dependency-down":
      return "third-party";
    case "permanent":
      return dependencyNamed ? "third-party" : "data";
    case "unknown":
      return dependencyNamed ? "third-party" : "code";
    case "transient":
    case "timeout":
      return dependencyNamed ? "third-party" : "environment";
    default:
      return "environment";
  }
}

function originOf({ rule, peer, answeredByHttp }: BuiltInMatchResult): FailureOrigin {
  if (!rule.byPeer) return rule.origin;
  if (peer.place === null) return answeredByHttp ? "third-party" : rule.origin;
  return peer.place === "ours" ? "environment" : "third-party";
}

function statedWait(report: FailureReport, layers: readonly Evidence[], depth: number): number | null {
  const given = report.retryAfterMs;
  if (typeof given === "number" && given >= 0 && Number.isFinite(given)) return given;
  if (depth < 12 && Array.isArray(report.causes))
    for (const cause of report.causes.slice(0, 10)) {
      const inner = typeof cause === "object" && cause !== null ? statedWait(cause, [], depth + 1) : null;
      if (inner !== null) return inner;
    }
  for (const layer of layers) {
    const said = readRetryAfterWords(layer.words);
    if (said !== null) return said;
  }
  return null;
}

/** What there is to say when nothing is known, or the report cannot even be read. */
const nothingKnown = (dependencyNamed: boolean): Classification => ({
  class: "unknown",
  origin: usualOrigin("unknown", dependencyNamed),
  retryable: true,
  rule: null,
  remediation: null,
  runbookUrl: null,
  retryAfterMs: null,
});

function classify(report: FailureReport, context: ClassificationContext): Classification {
  const layers = readEvidence(report);
  const dependency = named(report.dependency) ?? named(context.dependency) ?? causeDependency(report) ?? "";
  const retryAfterMs = statedWait(report, layers, 0);
  const verdict = verdictOf(report, 0);
  if (verdict === null) {
    const rule = matchOperatorRule(context.rules, {
      layers,
      dependency: dependency === "" ? null : dependency,
      definition: context.definition ?? null,
    });
    if (rule !== null)
      return {
        class: rule.class,
        origin: rule.origin,
        retryable: retryableClasses.has(rule.class),
        rule: { id: rule.id, name: rule.name },
        remediation: rule.remediation ?? null,
        runbookUrl: rule.runbookUrl ?? null,
        retryAfterMs,
      };
  }
  if (verdict === null && report.name === "NonError")
    return { ...nothingKnown(dependency !== ""), retryAfterMs };
  const found = matchBuiltInRule({
    layers,
    dependency,
    knownDependencies: Array.isArray(context.knownDependencies) ? context.knownDependencies : [],
  });
  if (verdict !== null) {
    const agrees = found !== null && found.rule.class === verdict;
    return {
      class: verdict,
      origin: agrees ? originOf(found) : usualOrigin(verdict, dependency !== ""),
      retryable: retryableClasses.has(verdict),
      rule: null,
      remediation: agrees ? found.rule.remediation : null,
      runbookUrl: null,
      retryAfterMs,
    };
  }
  if (found === null) return { ...nothingKnown(dependency !== ""), retryAfterMs };
  return {
    class: found.rule.class,
    origin: originOf(found),
    retryable: retryableClasses.has(found.rule.class),
    rule: { id: found.rule.id, name: found.rule.name },
    remediation: found.rule.remediation,
    runbookUrl: found.rule.runbookUrl,
    retryAfterMs,
  };
}

const named = (dependency: unknown): string | null =>
  typeof dependency === "string" && dependency !== "" ? dependency.slice(0, 200) : null;

function causeDependency(report: FailureReport): string | null {
  if (!Array.isArray(report.causes)) return null;
  for (const cause of report.causes.slice(0, 10)) {
    const found = typeof cause === "object" && cause !== null ? named(cause.dependency) : null;
    if (found !== null) return found;
  }
  return null;
}

/**
 * Decides what a failure is. Evidence in order: the handler's own verdict (`class`, or the names
 * PermanentError, RateLimitedError, DependencyError), the operators' rules, a service's own code, specific
 * words, error number, HTTP status, error name; wrapped errors are read inside out and the innermost that
 * says something decides. Reads at most the first 8 KiB of a message. Pure, and total: whatever it is given,
 * it answers, with `unknown` where nothing matches.
 */
export function classifyFailure(report: FailureReport, context: ClassificationContext): Classification {
  try {
    return classify(report, context);
  } catch {
    return nothingKnown(false);
  }
}
