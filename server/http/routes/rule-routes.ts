import { z } from "zod";
import { nameSchema } from "#core/definition/name.ts";
import { failureClasses, failureOrigins } from "#core/failure/failure-class.ts";
import { failureReportSchema } from "#core/failure/failure-report.ts";
import { classifyError } from "#server/operations/rules/classify-error.ts";
import { putRules, putRulesSchema } from "#server/operations/rules/put-rules.ts";
import { findRules } from "#server/store/rules/find-rules.ts";
import { type Route, route } from "../route.ts";
import { ruleViewSchema } from "../schemas/catalog-schemas.ts";

const rulesView = z.strictObject({ version: z.int(), rules: z.array(ruleViewSchema) });
const classifySchema = z.strictObject({
  error: failureReportSchema,
  dependency: z.string().min(1).max(200).optional(),
  definition: nameSchema.optional(),
});

export const ruleRoutes: Route[] = [
  route({
    method: "GET",
    path: "/rules",
    permission: "rules.read",
    name: "getRules",
    tag: "rules",
    summary: "The operators' rules in their order",
    description: "The built-in rules follow them. Version 0: none were ever written.",
    answers: { 200: { description: "The rules", schema: rulesView } },
    handle: async ({ context }) => {
      const record = await findRules(context.engine.pool);
      return { status: 200, json: { version: record?.version ?? 0, rules: record?.rules ?? [] } };
    },
  }),
  route({
    method: "PUT",
    path: "/rules",
    permission: "rules.write",
    name: "putRules",
    tag: "rules",
    summary: "Replace the operators' rules",
    body: putRulesSchema,
    bodyUnchecked: true,
    answers: {
      201: { description: "A new version", schema: rulesView },
      200: { description: "Nothing changed", schema: rulesView },
    },
    refusals: [409],
    handle: async ({ context, body, actor }) => {
      const { version, created, rules } = await putRules(context.engine, { body, actor });
      return { status: created ? 201 : 200, json: { version, rules } };
    },
  }),
  route({
    method: "POST",
    path: "/rules/classify",
    permission: "rules.classify",
    name: "classifyError",
    tag: "rules",
    summary: "What the rules in force say of an error",
    texts: "replace",
    body: classifySchema,
    answers: {
      200: {
        description: "The verdict; rule is null for the handler's own and for unknown",
        schema: z.strictObject({
          class: z.enum(failureClasses),
          origin: z.enum(failureOrigins),
          retryable: z.boolean(),
          rule: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
          remediation: z.string().nullable(),
          fingerprint: z.string(),
        }),
      },
    },
    handle: async ({ context, body }) => ({ status: 200, json: classifyError(context.engine, body) }),
  }),
];
