import { classifyFailure } from "#core/failure/classify-failure.ts";
import type { FailureClass, FailureOrigin } from "#core/failure/failure-class.ts";
import type { FailureReport } from "#core/failure/failure-report.ts";
import { fingerprintFailure } from "#core/failure/fingerprint.ts";
import type { Engine } from "../engine.ts";

export interface ClassifyQuestion {
  error: FailureReport;
  dependency?: string;
  definition?: string;
}

export interface ClassifyAnswer {
  class: FailureClass;
  origin: FailureOrigin;
  retryable: boolean;
  rule: { id: string; name: string } | null;
  remediation: string | null;
  fingerprint: string;
}

/** What the rules in force say of an error: the answer a worker's failure would get now. Writes nothing. */
export function classifyError(engine: Engine, question: ClassifyQuestion): ClassifyAnswer {
  const { error, definition } = question;
  const { rules, definitions } = engine.catalog.current;
  const dependency = error.dependency ?? question.dependency ?? null;
  const knownDependencies =
    definition === undefined ? [] : (definitions.get(definition)?.spec.dependencies ?? []);
  const verdict = classifyFailure(error, {
    rules,
    dependency,
    definition: definition ?? null,
    knownDependencies,
  });
  return {
    class: verdict.class,
    origin: verdict.origin,
    retryable: verdict.retryable,
    rule: verdict.rule,
    remediation: verdict.remediation,
    fingerprint: fingerprintFailure(error, dependency).fingerprint,
  };
}
