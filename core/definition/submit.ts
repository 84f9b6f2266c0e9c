import { z } from "zod";
import { priorityClasses } from "../priority/priority-class.ts";
import { nameSchema } from "./name.ts";
import { storableText } from "./storable-text.ts";

/** A key that the interface has and this version does not act on: refused, never accepted and ignored. */
function unsupported(feature: string) {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value === undefined) return;
      context.addIssue({
        code: "custom",
        params: { unsupported: true },
        message: `${feature} is not supported by this version: remove it`,
      });
    })
    .optional();
}

/** A job to submit, as the schema leaves it. */
export interface SubmittedJob {
  definition: string;
  payload: unknown;
  priority?: (typeof priorityClasses)[number];
  runAtMs?: number;
  idempotencyKey?: string;
  /** Of the jobs with the same key only so many run at once as their queue lets; a tenant, as a rule. */
  concurrencyKey?: string;
  tags?: string[];
  correlationId?: string;
  traceparent?: string;
}

/**
 * The body of POST /jobs. `payload` is any JSON value, checked apart by `checkPayload` and against the definition's
 * schema; `runAt` is ISO 8601 with Z or an offset and comes out as `runAtMs`; keys and the correlation id have
 * 1…200 characters; at most 20 tags of 1…60; `traceparent` is W3C Trace Context. Unknown keys are refused; those of
 * later versions carry `params.unsupported` (see `validationError`).
 */
export const submitSchema = z
  .strictObject({
    definition: nameSchema,
    payload: z
      .unknown()
      .refine((value) => value !== undefined, { message: "is required; null is a payload too" }),
    priority: z.enum(priorityClasses).optional(),
    runAt: z.iso.datetime({ offset: true, error: "must be an ISO 8601 time with Z or an offset" }).optional(),
    idempotencyKey: storableText(1, 200).optional(),
    concurrencyKey: storableText(1, 200).optional(),
    tags: z.array(storableText(1, 60)).max(20).optional(),
    correlationId: storableText(1, 200).optional(),
    traceparent: z
      .string()
      .regex(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/, "must be a W3C traceparent")
      .optional(),
    dependsOn: unsupported("dependsOn"),
    orderingKey: unsupported("orderingKey"),
    ref: unsupported("ref"),
  })
  .transform(
    ({ runAt, ...job }): SubmittedJob => (runAt === undefined ? job : { ...job, runAtMs: Date.parse(runAt) }),
  );
/** Most jobs of one POST /jobs/batch. */
export const maxBatchJobs = 1_000;

/** The body of POST /jobs/batch; each of its 1…1,000 jobs is parsed by itself, so that one refusal is one job's. */
export const submitBatchSchema = z.strictObject({ jobs: z.array(z.unknown()).min(1).max(maxBatchJobs) });
