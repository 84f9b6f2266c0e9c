import { type FailureClass, failureClasses } from "#core/failure/failure-class.ts";
import { defaultClassRules } from "#core/retry/class-rule.ts";
import type { JitterKind } from "#core/retry/jitter-kind.ts";
import type { BackoffLaw, ClassRule, RetryPolicy } from "#core/retry/retry-policy.ts";
import { durationText } from "../../_parts/duration-text.ts";

/** A law as it is typed: what belongs to another kind is kept, so that changing the kind back loses nothing. */
export interface LawDraft {
  kind: BackoffLaw["kind"];
  delay: string;
  base: string;
  step: string;
  factor: string;
  cap: string;
  list: string;
}

export interface ClassDraft {
  retry: "default" | "retry" | "dead";
  factor: string;
  maxAttempts: string;
  /** What a failure of the class does beside. */
  also: "nothing" | "raise" | "escalate" | "both";
  /** null: the policy's law. */
  law: LawDraft | null;
}

/** A policy as it is typed: text, so that nothing is lost or bent on the way. */
export interface PolicyDraft {
  law: LawDraft;
  jitter: JitterKind;
  minDelay: string;
  maxAttempts: string;
  maxElapsed: string;
  honourRetryAfter: boolean;
  perClass: Record<FailureClass, ClassDraft>;
}

/** What a draft says: the policy when it is valid, else what is wrong by JSON pointer. */
export interface CheckedDraft {
  policy: RetryPolicy | null;
  errors: ReadonlyMap<string, string>;
}

/** A law to begin with, of a kind. */
export const freshLaw: LawDraft = {
  kind: "exponential",
  delay: "30 s",
  base: "1 s",
  step: "5 s",
  factor: "2",
  cap: "10 min",
  list: "1 s, 10 s, 1 min",
};

/** A policy as text fields. */
export function toDraft(policy: RetryPolicy): PolicyDraft {
  return {
    law: toLawDraft(policy.law),
    jitter: policy.jitter,
    minDelay: durationText(policy.minDelayMs),
    maxAttempts: String(policy.maxAttempts),
    maxElapsed: policy.maxElapsedMs === undefined ? "" : durationText(policy.maxElapsedMs),
    honourRetryAfter: policy.honourRetryAfter,
    perClass: Object.fromEntries(
      failureClasses.map((name) => [name, toClassDraft(name, policy.perClass?.[name])]),
    ) as PolicyDraft["perClass"],
  };
}

/** Whether a stored value is a draft of this version of the console. */
export function isPolicyDraft(value: unknown): value is PolicyDraft {
  return (
    value !== null &&
    typeof value === "object" &&
    "law" in value &&
    "perClass" in value &&
    "minDelay" in value
  );
}

function toLawDraft(law: BackoffLaw): LawDraft {
  const draft = { ...freshLaw, kind: law.kind };
  switch (law.kind) {
    case "constant":
      return { ...draft, delay: durationText(law.delayMs) };
    case "linear":
      return {
        ...draft,
        base: durationText(law.baseMs),
        step: durationText(law.stepMs),
        cap: durationText(law.capMs),
      };
    case "exponential":
      return {
        ...draft,
        base: durationText(law.baseMs),
        factor: String(law.factor),
        cap: durationText(law.capMs),
      };
    case "list":
      return { ...draft, list: law.delaysMs.map(durationText).join(", ") };
  }
}

function toClassDraft(name: FailureClass, rule: ClassRule | undefined): ClassDraft {
  if (rule === undefined)
    return { retry: "default", factor: "", maxAttempts: "", also: "nothing", law: null };
  const also = rule.raise ? (rule.escalate ? "both" : "raise") : rule.escalate ? "escalate" : "nothing";
  const saysNothingElse =
    rule.factor === undefined &&
    rule.law === undefined &&
    rule.maxAttempts === undefined &&
    also === "nothing";
  const isDefault = rule.retry === defaultClassRules[name].retry && !saysNothingElse;
  return {
    retry: isDefault ? "default" : rule.retry ? "retry" : "dead",
    factor: rule.factor === undefined ? "" : String(rule.factor),
    maxAttempts: rule.maxAttempts === undefined ? "" : String(rule.maxAttempts),
    also,
    law: rule.law === undefined ? null : toLawDraft(rule.law),
  };
}
