import { z } from "zod";
import { attemptOutcomes } from "#core/job/attempt-outcome.ts";
import { jobEventKinds } from "#core/job/job-event.ts";
import { jobStates } from "#core/job/job-state.ts";
import { waitingReasonKinds } from "#core/job/waiting-reasons.ts";
import { pressureLevels } from "#core/pressure/pressure-level.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";

/** An instant as the interfaces write it. */
export const instant = z.iso.datetime();
const optionalInstant = instant.nullable();
const optionalText = z.string().nullable();

/** The latest failure of a job, without its stack. */
export const lastErrorSchema = z.strictObject({
  attempt: z.int(),
  name: optionalText,
  code: optionalText,
  message: optionalText,
  httpStatus: z.int().nullable(),
  dependency: optionalText,
  class: optionalText,
  origin: optionalText,
  fingerprint: optionalText,
  at: instant,
});

const jobShape = {
  id: z.string(),
  definition: z.string(),
  version: z.int(),
  queue: z.string(),
  priority: z.enum(priorityClasses),
  state: z.enum(jobStates),
  payload: z.unknown(),
  output: z.unknown(),
  attempt: z.int(),
  failures: z.int(),
  maxAttempts: z.int(),
  runAt: instant,
  createdAt: instant,
  startedAt: optionalInstant,
  finishedAt: optionalInstant,
  cancelRequestedAt: optionalInstant,
  idempotencyKey: optionalText,
  orderingKey: optionalText,
  concurrencyKey: optionalText,
  dependsOn: z.array(z.string()),
  tags: z.array(z.string()),
  correlationId: optionalText,
  traceparent: optionalText,
  lastError: lastErrorSchema.nullable(),
};

/** A job as GET /jobs and every settle show it. */
export const jobSchema = z.strictObject(jobShape);

export const attemptSchema = z.strictObject({
  number: z.int(),
  outcome: z.enum(attemptOutcomes),
  workerId: z.string(),
  host: optionalText,
  startedAt: instant,
  finishedAt: optionalInstant,
  durationMs: z.number().nullable(),
  error: z.unknown(),
  class: optionalText,
  origin: optionalText,
  rule: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  fingerprint: optionalText,
  decision: z
    .strictObject({
      kind: z.enum(["retry", "hold", "dead", "escalate"]),
      delayMs: z.number().nullable(),
      runAt: optionalInstant,
      because: z.array(z.string()),
    })
    .nullable(),
});

export const jobEventSchema = z.strictObject({
  at: instant,
  kind: z.enum(jobEventKinds),
  from: z.enum(jobStates).nullable(),
  to: z.enum(jobStates),
  actor: z.string(),
  because: z.array(z.string()),
  data: z.record(z.string(), z.unknown()),
});

export const waitingReasonSchema = z.strictObject({
  kind: z.enum(waitingReasonKinds),
  binding: z.boolean(),
  text: z.string(),
  until: optionalInstant,
  ref: z.strictObject({ kind: z.string(), id: z.string() }).nullable(),
  action: optionalText,
});

/** GET /jobs/{id}: a job and its story. */
export const jobDetailSchema = z.strictObject({
  ...jobShape,
  attempts: z.array(attemptSchema),
  events: z.array(jobEventSchema),
  waitingReasons: z.array(waitingReasonSchema),
});

/** What a producer is told with a job that was accepted under pressure. */
export const pressureSchema = z.strictObject({
  level: z.enum(pressureLevels),
  waitMs: z.number().nullable(),
  paceMs: z.int(),
});

/** An error as problem+json (RFC 9457). */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  retryAfterMs: z.number().optional(),
  errorId: z.string().optional(),
});
