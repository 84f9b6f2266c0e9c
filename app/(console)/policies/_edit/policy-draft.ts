import { policyWords } from "#app/words/policy-words.ts";
import { type FailureClass, failureClasses } from "#core/failure/failure-class.ts";
import { parseDuration } from "#core/parse-duration.ts";
import {
  type BackoffLaw,
  type ClassRule,
  defaultClassRules,
  type JitterKind,
  type RetryPolicy,
  retryPolicySchema,
} from "#core/retry/retry-policy.ts";
import { validationError } from "#core/validation-error.ts";
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

/** Read a draft by the schema that the server reads by. */
export function checkDraft(draft: PolicyDraft): CheckedDraft {
  const typed = new Map<string, string>();
  const span = (path: string, text: string): unknown => {
    const ms = parseDuration(text);
    if (ms === null) typed.set(path, policyWords.notSpan);
    return ms ?? text;
  };
  const figure = (path: string, text: string): unknown => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isNaN(value)) typed.set(path, policyWords.notNumber);
    return Number.isNaN(value) ? text : value;
  };
  const law = (path: string, of: LawDraft): unknown => {
    switch (of.kind) {
      case "constant":
        return { kind: of.kind, delayMs: span(`${path}/delayMs`, of.delay) };
      case "linear":
        return {
          kind: of.kind,
          baseMs: span(`${path}/baseMs`, of.base),
          stepMs: span(`${path}/stepMs`, of.step),
          capMs: span(`${path}/capMs`, of.cap),
        };
      case "exponential":
        return {
          kind: of.kind,
          baseMs: span(`${path}/baseMs`, of.base),
          factor: figure(`${path}/factor`, of.factor),
          capMs: span(`${path}/capMs`, of.cap),
        };
      case "list":
        return { kind: of.kind, delaysMs: of.list.split(",").map((part) => span(`${path}/delaysMs`, part)) };
    }
  };
  const perClass = failureClasses.flatMap((name): [string, unknown][] => {
    const of = draft.perClass[name];
    const path = `/perClass/${name}`;
    const rule = {
      retry: of.retry === "default" ? defaultClassRules[name].retry : of.retry === "retry",
      ...(of.factor.trim() === "" ? {} : { factor: figure(`${path}/factor`, of.factor) }),
      ...(of.law === null ? {} : { law: law(`${path}/law`, of.law) }),
      ...(of.maxAttempts.trim() === "" ? {} : { maxAttempts: figure(`${path}/maxAttempts`, of.maxAttempts) }),
    };
    const isSaid = of.retry !== "default" || Object.keys(rule).length > 1;
    return isSaid ? [[name, rule]] : [];
  });
  const body = {
    law: law("/law", draft.law),
    jitter: draft.jitter,
    minDelayMs: span("/minDelayMs", draft.minDelay),
    maxAttempts: figure("/maxAttempts", draft.maxAttempts),
    ...(draft.maxElapsed.trim() === "" ? {} : { maxElapsedMs: span("/maxElapsedMs", draft.maxElapsed) }),
    honourRetryAfter: draft.honourRetryAfter,
    ...(perClass.length === 0 ? {} : { perClass: Object.fromEntries(perClass) }),
  };
  return checkPolicy(body, typed);
}

/** Read a policy of whatever origin, such as JSON that was typed; `typed` are errors known already, which come first. */
export function checkPolicy(body: unknown, typed: ReadonlyMap<string, string> = new Map()): CheckedDraft {
  const parsed = retryPolicySchema.safeParse(body);
  if (parsed.success) return { policy: parsed.data, errors: typed };
  const errors = new Map(typed);
  for (const { path, message } of validationError(parsed.error, "the policy").errors) {
    const place = path.replace(/(\/delaysMs)\/\d+$/, "$1");
    if (!errors.has(place)) errors.set(place, message);
  }
  return { policy: null, errors };
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
  if (rule === undefined) return { retry: "default", factor: "", maxAttempts: "", law: null };
  const saysNothingElse =
    rule.factor === undefined && rule.law === undefined && rule.maxAttempts === undefined;
  const isDefault = rule.retry === defaultClassRules[name].retry && !saysNothingElse;
  return {
    retry: isDefault ? "default" : rule.retry ? "retry" : "dead",
    factor: rule.factor === undefined ? "" : String(rule.factor),
    maxAttempts: rule.maxAttempts === undefined ? "" : String(rule.maxAttempts),
    law: rule.law === undefined ? null : toLawDraft(rule.law),
  };
}
