import { z } from "zod";
import { failureClasses } from "#core/failure/failure-class.ts";
import { jobStates } from "#core/job/job-state.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { jobConditionSchema } from "#core/query/job-condition.ts";
import type { JobFilter } from "#server/store/jobs/job-filter.ts";

const text = z.string().min(1).max(200);
const instant = z.number().int().min(0).max(8_640_000_000_000_000);

/** What a list of jobs can be narrowed by; every key that is given must hold. */
export const jobFilterInput = z.strictObject({
  states: z.array(z.enum(jobStates)).max(jobStates.length).optional(),
  queue: text.optional(),
  definition: text.optional(),
  priorities: z.array(z.enum(priorityClasses)).max(priorityClasses.length).optional(),
  failureClass: z.enum(failureClasses).optional(),
  tag: text.optional(),
  correlationId: text.optional(),
  failureGroup: text.optional(),
  idempotencyKey: text.optional(),
  concurrencyKey: text.optional(),
  q: text.optional(),
  sinceMs: instant.optional(),
  untilMs: instant.optional(),
  where: z.array(jobConditionSchema).max(50).optional(),
}) satisfies z.ZodType<JobFilter>;
