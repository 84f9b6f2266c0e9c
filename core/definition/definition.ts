import { z } from "zod";
import { retryBudgetSchema } from "../breaker/retry-budget-settings.ts";
import { priorityClasses } from "../priority/priority-class.ts";
import { retryPolicySchema } from "../retry/retry-policy.ts";
import { deliveryGuarantees } from "./delivery-guarantee.ts";
import { fallbackSchema } from "./fallback-schema.ts";
import { nameSchema } from "./name.ts";
import { checkPayload } from "./payload-limits.ts";
import { storableText } from "./storable-text.ts";

/** A JSON Schema as far as storing goes: an object or `true`, within the limits of a payload. */
const jsonSchemaSchema = z
  .union([z.record(z.string(), z.unknown()), z.literal(true)], {
    error: "must be a JSON Schema object, or true",
  })
  .superRefine((schema, context) => {
    const check = checkPayload(schema);
    if (!check.ok) {
      const path = check.path
        .split("/")
        .slice(1)
        .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
      context.addIssue({ code: "custom", path, message: check.message });
    }
  });

const dayMs = 86_400_000;
const timeoutsSchema = z.strictObject({
  /** One attempt: 10 ms…1 day, 1 min unless said. */
  attemptMs: z.number().int().min(10).max(dayMs).default(60_000),
  /** Longest silence of a handler that reports progress: 10 ms…1 day. */
  heartbeatMs: z.number().int().min(10).max(dayMs).optional(),
  /** The whole job from submit to end: 10 ms…365 days. */
  totalMs: z
    .number()
    .int()
    .min(10)
    .max(365 * dayMs)
    .optional(),
});

const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(2_000);

const targetSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("worker") }),
  z.strictObject({
    kind: z.literal("http"),
    url: httpUrl.refine((url) => !/^https?:\/\/[^/?#]*@/i.test(url), {
      message: "must not carry a user name or password",
    }),
  }),
]);

/**
 * What a job definition says: queue, class, schemas, policy, limits, guarantee, target. Its name is in the path.
 * Required are `queue` and `inputSchema`; `priority` is normal, `retryPolicy` the one called `default`,
 * `timeouts.attemptMs` 1 min, `guarantee` at-least-once and `target` a worker unless said. Unknown keys are refused.
 */
export const definitionSchema = z.strictObject({
  queue: nameSchema,
  priority: z.enum(priorityClasses).default("normal"),
  inputSchema: jsonSchemaSchema,
  outputSchema: jsonSchemaSchema.optional(),
  /** The name of a policy, or a policy of its own. */
  retryPolicy: z
    .union([nameSchema, retryPolicySchema], { error: "must be the name of a policy, or a policy" })
    .default("default"),
  timeouts: timeoutsSchema.default({ attemptMs: 60_000 }),
  /** Most jobs of it at once over all workers, 1…1,000,000; no cap of its own unless said. */
  maxRunning: z.number().int().min(1).max(1_000_000).optional(),
  guarantee: z.enum(deliveryGuarantees).default("at-least-once"),
  /** Services the handler calls; at most 20, none twice. */
  dependencies: z
    .array(nameSchema)
    .max(20)
    .refine((names) => new Set(names).size === names.length, { message: "must not name a dependency twice" })
    .optional(),
  /** Retries of this definition, whatever it calls, as a share of first starts; see core/breaker/retry-budget.ts. */
  retryBudget: retryBudgetSchema.optional(),
  /** What takes over its jobs while a breaker holds them: nothing unless said. */
  fallback: fallbackSchema.optional(),
  /** Gives up its slot at a checkpoint when urgent work is late, twice a job at most; false unless said. */
  preemptible: z.boolean().optional(),
  target: targetSchema.default({ kind: "worker" }),
  /** Whether submits may be refused while its class waits far beyond its budget, never what was accepted; false unless said. */
  sheddable: z.boolean().optional(),
  /** Whether its jobs may be kept back, ten minutes at most, while critical or high miss their budgets; false unless said. */
  deferrable: z.boolean().optional(),
  owner: storableText(1, 200).optional(),
  runbookUrl: httpUrl.optional(),
  description: storableText(0, 2_000).optional(),
});
export type DefinitionSpec = z.infer<typeof definitionSchema>;

/** The body of PUT /definitions/{name}: a definition and the version that it is meant to follow. */
export const putDefinitionSchema = definitionSchema.extend({
  expectedVersion: z.number().int().min(0).optional(),
  /** Write even an input schema that may refuse payloads which the newest version accepts; false unless said. */
  force: z.boolean().optional(),
});
