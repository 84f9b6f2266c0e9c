import { policyWords } from "#app/words/policy-words.ts";
import { failureClasses } from "#core/failure/failure-class.ts";
import { parseDuration } from "#core/parse-duration.ts";
import { defaultClassRules } from "#core/retry/class-rule.ts";
import { retryPolicySchema } from "#core/retry/retry-policy.ts";
import { validationError } from "#core/validation-error.ts";
import type { CheckedDraft, LawDraft, PolicyDraft } from "./policy-draft.ts";

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
      ...(of.also === "raise" || of.also === "both" ? { raise: true } : {}),
      ...(of.also === "escalate" || of.also === "both" ? { escalate: true } : {}),
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
