import { z } from "zod";
import { nameSchema } from "../definition/name.ts";
import { storableText } from "../definition/storable-text.ts";
import { checkPattern, compilePattern } from "../failure/compile-pattern.ts";

const ruleName = storableText(1, 60).refine((name) => name.trim() === name && !/["\n\r]/.test(name), {
  message: "must have no quotes, line breaks or blanks at its ends",
});

const keyPattern = storableText(1, 100).refine((key) => /^\*?[^*]+\*?$/.test(key), {
  message: "must be a key's name; * may stand at its start, its end or both",
});

const pathPattern = storableText(2, 300).refine((path) => /^(\/([^~/]|~[01])+)+$/.test(path), {
  message: "must be a JSON pointer as /user/email; * stands for any one step",
});

const valuePattern = z.string().superRefine((pattern, context) => {
  const problem = checkPattern(pattern);
  const message =
    problem ??
    (compilePattern(pattern)?.test("") ? "The pattern matches nothing at all, so everywhere." : null);
  if (message !== null) context.addIssue({ code: "custom", message });
});

/** One rule of an operator: what its name is shown with, and what it takes out. */
export const redactionRuleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("key"), name: ruleName, key: keyPattern }),
  z.strictObject({
    kind: z.literal("path"),
    name: ruleName,
    /** A definition's name, or * for all. */
    definition: z.union([z.literal("*"), nameSchema]),
    path: pathPattern,
  }),
  z.strictObject({ kind: z.literal("value"), name: ruleName, pattern: valuePattern }),
]);
export type RedactionRule = z.infer<typeof redactionRuleSchema>;

/**
 * What is taken out beside the built-in set, which is always in force: keys by name (`*` at the ends, case ignored),
 * places in the payloads of a definition, and patterns (RE2, linear time) of values. At most 100 rules, 20 of them
 * patterns; `emails` takes out e-mail addresses too.
 */
export const redactionSettingsSchema = z.strictObject({
  emails: z.boolean().default(false),
  rules: z
    .array(redactionRuleSchema)
    .max(100)
    .refine((rules) => rules.filter(({ kind }) => kind === "value").length <= 20, {
      message: "must have at most 20 patterns of values",
    })
    .refine((rules) => new Set(rules.map(({ name }) => name)).size === rules.length, {
      message: "must not have two rules of one name",
    })
    .default([]),
});
export type RedactionSettings = z.infer<typeof redactionSettingsSchema>;

export const defaultRedactionSettings: RedactionSettings = { emails: false, rules: [] };
