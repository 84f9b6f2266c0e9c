import { ruleWords } from "#app/words/rule-words.ts";
import type { FailureClass, FailureOrigin } from "#core/failure/failure-class.ts";
import type { FailureRule } from "#core/failure/failure-rule.ts";

/** The conditions of a rule, in the order in which they are asked for. */
export const matchFields = [
  "errorName",
  "code",
  "httpStatus",
  "messagePattern",
  "dependency",
  "definition",
] as const;
export type MatchField = (typeof matchFields)[number];

/** A rule while it is typed: every field is text. */
export interface RuleForm {
  id: string;
  name: string;
  match: Record<MatchField, string>;
  class: FailureClass;
  origin: FailureOrigin;
  remediation: string;
  runbookUrl: string;
}

export type RuleFormErrors = Partial<Record<MatchField | "name" | "conditions" | "runbookUrl", string>>;

/** A rule as a form. */
export function toForm(rule: FailureRule): RuleForm {
  const match = Object.fromEntries(
    matchFields.map((field) => [field, String(rule.match[field] ?? "")]),
  ) as Record<MatchField, string>;
  const { id, name, class: failureClass, origin } = rule;
  return {
    ...{ id, name, match, class: failureClass, origin },
    remediation: rule.remediation ?? "",
    runbookUrl: rule.runbookUrl ?? "",
  };
}

/** The rule that a form without errors stands for. */
export function toRule(form: RuleForm): FailureRule {
  const { httpStatus, ...texts } = form.match;
  const match: FailureRule["match"] = {};
  for (const field of matchFields)
    if (field !== "httpStatus" && texts[field] !== "") match[field] = texts[field];
  if (httpStatus !== "") match.httpStatus = Number(httpStatus);
  const { id, class: failureClass, origin } = form;
  return {
    ...{ id, name: form.name.trim(), match, class: failureClass, origin },
    remediation: form.remediation.trim() || null,
    runbookUrl: form.runbookUrl.trim() || null,
  };
}

/** What is wrong with a form, by field. `checkPattern` says what is wrong with an RE2 pattern, or null. */
export function checkForm(form: RuleForm, checkPattern: (pattern: string) => string | null): RuleFormErrors {
  const errors: RuleFormErrors = {};
  if (form.name.trim() === "") errors.name = ruleWords.needsName;
  if (matchFields.every((field) => form.match[field] === "")) errors.conditions = ruleWords.needsCondition;
  const { httpStatus, messagePattern } = form.match;
  if (httpStatus !== "" && !/^[1-5]\d\d$/.test(httpStatus)) errors.httpStatus = ruleWords.statusWrong;
  const wrong = messagePattern === "" ? null : checkPattern(messagePattern);
  if (wrong !== null) errors.messagePattern = wrong;
  const url = form.runbookUrl.trim();
  if (url !== "" && !/^https?:\/\/[^\s/]+/i.test(url)) errors.runbookUrl = ruleWords.urlWrong;
  return errors;
}
