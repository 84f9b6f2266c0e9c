import { z } from "zod";
import { checkPattern } from "./compile-pattern.ts";
import { type FailureClass, type FailureOrigin, failureClasses, failureOrigins } from "./failure-class.ts";

/**
 * What a rule looks at. Every key that is given must hold, each somewhere in the error or what it wraps.
 * `errorName`, `code`, `dependency` and `definition` are compared as whole texts, `httpStatus` as a number;
 * `messagePattern` is an RE2 pattern searched for in the first 8 KiB of a message.
 */
interface RuleMatch {
  errorName?: string;
  code?: string;
  httpStatus?: number;
  messagePattern?: string;
  dependency?: string;
  definition?: string;
}

/** One of the operators' rules: tried in their order, before every built-in rule. */
export interface FailureRule {
  id: string;
  name: string;
  match: RuleMatch;
  class: FailureClass;
  origin: FailureOrigin;
  remediation?: string | null;
  runbookUrl?: string | null;
}

/** Limits of the operators' rules: how many, and the longest texts in characters. */
const failureRuleLimits = {
  rules: 200,
  text: 200,
  pattern: 500,
  remediation: 2_000,
  url: 2_000,
} as const;

const text = (what: string) =>
  z
    .string({ error: `${what} is text.` })
    .min(1, `${what} may not be empty; leave it out to match anything.`)
    .max(failureRuleLimits.text, `${what} is longer than ${failureRuleLimits.text} characters.`);

const matchSchema = z
  .strictObject(
    {
      errorName: text("errorName").optional(),
      code: z
        .union([text("code"), z.number().transform(String)], { error: "code is text or a number." })
        .optional(),
      httpStatus: z
        .number({ error: "httpStatus is a number from 100 to 599." })
        .int("httpStatus is a whole number.")
        .min(100, "httpStatus is at least 100.")
        .max(599, "httpStatus is at most 599.")
        .optional(),
      messagePattern: z
        .string({ error: "messagePattern is text." })
        .superRefine((pattern, refine) => {
          const problem = checkPattern(pattern);
          if (problem !== null) refine.addIssue({ code: "custom", message: problem });
        })
        .optional(),
      dependency: text("dependency").optional(),
      definition: text("definition").optional(),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `A rule does not match on ${(issue.keys ?? []).join(", ")}; it knows errorName, code, httpStatus, messagePattern, dependency, definition.`
          : "match is an object with at least one condition.",
    },
  )
  .refine((match) => Object.values(match).some((value) => value !== undefined), {
    message: "A rule needs at least one condition; one without any would take every failure.",
  });

const isWebLink = (url: string) => /^https?:\/\/[^\s/]+/i.test(url);

const ruleSchema = z.strictObject({
  id: text("id").optional(),
  name: text("name").optional(),
  match: matchSchema,
  class: z.enum(failureClasses, { error: `class is one of ${failureClasses.join(", ")}.` }),
  origin: z.enum(failureOrigins, { error: `origin is one of ${failureOrigins.join(", ")}.` }),
  remediation: z
    .string({ error: "remediation is text." })
    .max(
      failureRuleLimits.remediation,
      `remediation is longer than ${failureRuleLimits.remediation} characters.`,
    )
    .nullish(),
  runbookUrl: z
    .string({ error: "runbookUrl is text." })
    .max(failureRuleLimits.url, `runbookUrl is longer than ${failureRuleLimits.url} characters.`)
    .refine(isWebLink, "runbookUrl starts with http:// or https://.")
    .nullish(),
});

const describe = (match: RuleMatch) =>
  Object.entries(match)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ")
    .slice(0, failureRuleLimits.text);

/**
 * The operators' rules as they come in by PUT /rules, in their order; at most 200. A rule without `id` is
 * called `rule-N` by its place, one without `name` is named by its conditions. Ids must differ.
 */
export const failureRulesSchema = z
  .array(ruleSchema, { error: "rules is a list of rules." })
  .max(failureRuleLimits.rules, `There are more than ${failureRuleLimits.rules} rules.`)
  .transform((rules): FailureRule[] =>
    rules.map((rule, index) => ({
      ...rule,
      id: rule.id ?? `rule-${index + 1}`,
      name: rule.name ?? describe(rule.match),
    })),
  )
  .superRefine((rules, refine) => {
    const seen = new Map<string, number>();
    for (const [index, rule] of rules.entries()) {
      const first = seen.get(rule.id);
      if (first !== undefined)
        refine.addIssue({
          code: "custom",
          path: [index, "id"],
          message: `Rule ${index + 1} has the id of rule ${first + 1}: ${rule.id}.`,
        });
      else seen.set(rule.id, index);
    }
  });
