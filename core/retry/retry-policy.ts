import { z } from "zod";
import { failureClasses } from "../failure/failure-class.ts";
import { jitterKinds } from "./jitter-kind.ts";

/** Longest delay a policy may name: 365 days. */
const longestMs = 31_536_000_000;
const delayMs = z.number().min(0).max(longestMs);
const positiveMs = z.number().min(1).max(longestMs);
const attempts = z.number().int().min(1).max(1_000);

/**
 * How the delay grows with the number of counted failures. Delays 0…365 days, the exponential base at least 1 ms,
 * factor 1…1,000, a list 1…100 entries; a cap is never below its base.
 */
export const backoffLawSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("constant"), delayMs }),
    z.strictObject({ kind: z.literal("linear"), baseMs: delayMs, stepMs: delayMs, capMs: delayMs }),
    z.strictObject({
      kind: z.literal("exponential"),
      baseMs: positiveMs,
      factor: z.number().min(1).max(1_000),
      capMs: positiveMs,
    }),
    z.strictObject({ kind: z.literal("list"), delaysMs: z.array(delayMs).min(1).max(100) }),
  ])
  .refine((law) => !("capMs" in law) || law.capMs >= law.baseMs, {
    path: ["capMs"],
    message: "must not be below baseMs",
  });
export type BackoffLaw = z.infer<typeof backoffLawSchema>;

/**
 * What a policy says of one failure class. `factor` (0…100) multiplies the delay, `law` replaces the policy's,
 * `maxAttempts` replaces the policy's for a job that fails so; for `worker-lost` it is the loss that makes poison. `raise`
 * gives the job the next class up with its retry, once; `escalate` asks a person when no attempt is left. Both false unless
 * said.
 */
export const classRuleSchema = z.strictObject({
  retry: z.boolean(),
  factor: z.number().min(0).max(100).optional(),
  law: backoffLawSchema.optional(),
  maxAttempts: attempts.optional(),
  raise: z.boolean().optional(),
  escalate: z.boolean().optional(),
});
export type ClassRule = z.infer<typeof classRuleSchema>;

const policyShape = z.strictObject({
  law: backoffLawSchema,
  jitter: z.enum(jitterKinds),
  minDelayMs: delayMs.default(0),
  maxAttempts: attempts,
  maxElapsedMs: positiveMs.optional(),
  honourRetryAfter: z.boolean().default(true),
  perClass: z.partialRecord(z.enum(failureClasses), classRuleSchema).optional(),
});

const floorFits = {
  path: ["minDelayMs"],
  message: "must not be above the longest delay of the law",
};

/**
 * A retry policy as operators write it. `minDelayMs` (default 0) is the floor of full jitter; `maxAttempts`
 * 1…1,000 counts the first attempt too; `maxElapsedMs` 1 ms…365 days from the first attempt to the start of
 * the last, absent: no limit; `honourRetryAfter` is true unless said otherwise. Unknown keys are refused.
 */
export const retryPolicySchema = policyShape.refine(
  ({ law, minDelayMs }) => minDelayMs <= longestDelayMs(law),
  floorFits,
);
export type RetryPolicy = z.infer<typeof retryPolicySchema>;

/** The body of PUT /policies/{name}: a policy and the version that it is meant to follow. */
export const putPolicySchema = policyShape
  .extend({ expectedVersion: z.number().int().min(0).optional() })
  .refine(({ law, minDelayMs }) => minDelayMs <= longestDelayMs(law), floorFits);

function longestDelayMs(law: BackoffLaw): number {
  if (law.kind === "constant") return law.delayMs;
  return law.kind === "list" ? Math.max(...law.delaysMs) : law.capMs;
}
