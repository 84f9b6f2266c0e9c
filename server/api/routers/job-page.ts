import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { maxNote, noteJob } from "#server/operations/jobs/note-job.ts";
import { retryEditedJob } from "#server/operations/jobs/retry-edited-job.ts";
import { revealValue } from "#server/operations/jobs/reveal-value.ts";
import { findAttemptError } from "#server/store/attempts/find-attempt-error.ts";
import { findCheckpoint } from "#server/store/checkpoints/find-checkpoint.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { findJobText, jobTexts } from "#server/store/jobs/find-job-text.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { loadPayloadRevisions } from "#server/store/jobs/load-payload-revisions.ts";
import { findLogLines } from "#server/store/logs/find-log-lines.ts";
import type { ApiContext } from "../context.ts";
import { findInputSchema } from "../jobs/find-input-schema.ts";
import { findLastGood } from "../jobs/find-last-good.ts";
import { findRelatedJobs } from "../jobs/find-related-jobs.ts";
import { shownError, shownEvents, shownReports, toJobPage } from "../jobs/job-detail.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor } from "../trpc.ts";

const jobId = z.string().refine(isJobId, "a job id is a whole number of at most 19 digits");
const oneJob = z.strictObject({ id: jobId });
const attemptNumber = z.number().int().min(1).max(2_147_483_647);
const pageLines = 500;
const shownRevisions = 20;

const redactorOf = ({ engine }: ApiContext) => engine.catalog.current.redactor;

async function load(ctx: ApiContext, id: string) {
  const detail = await findJob(ctx.db, id, ctx.engine.catalog.current.priority, shownReports);
  if (detail) return detail;
  throw new SignalboxError(
    "not_found",
    `There is no job ${id}. It may be mistyped, or its history has been dropped.`,
  );
}

/** What the page of one job asks for and does, for the router of jobs. */
export const jobPageProcedures = {
  /** One job with its story; what is long is cut to its newest part and asked for by the procedures below. */
  get: procedureFor("viewer")
    .input(z.strictObject({ id: z.string().max(40) }))
    .query(async ({ ctx, input }) => {
      const detail = await load(ctx, input.id);
      return { asOfMs: ctx.engine.clock.nowMs(), job: toJobPage(detail, redactorOf(ctx)) };
    }),

  /** A page of a job's events, newest part first: `before` counts from the oldest and is not in the page. */
  events: procedureFor("viewer")
    .input(z.strictObject({ id: jobId, before: z.number().int().min(0) }))
    .query(async ({ ctx, input }) => {
      const { events } = await load(ctx, input.id);
      const from = Math.max(0, input.before - shownEvents);
      return { events: events.slice(from, input.before), from };
    }),

  /** The error and the decision of an attempt too old to come with its job. */
  attempt: procedureFor("viewer")
    .input(z.strictObject({ id: jobId, number: attemptNumber }))
    .query(async ({ ctx, input }) => {
      const error = await findAttemptError(ctx.db, input.id, input.number);
      return { error: error === null ? null : shownError(error, redactorOf(ctx)) };
    }),

  /** Lines that the handler logged, after the one numbered `after`; `more` says that there are further ones now. */
  logs: procedureFor("viewer")
    .input(z.strictObject({ id: jobId, attempt: attemptNumber, after: z.number().int().min(0) }))
    .query(async ({ ctx, input }) => {
      const attempt = { jobId: input.id, number: input.attempt };
      const lines = await findLogLines(ctx.db, attempt, input.after, pageLines);
      const redactor = redactorOf(ctx);
      return {
        lines: lines.map((line) => ({
          ...line,
          message: redactor.storedText(line.message),
          facts: line.facts === null ? null : redactor.facts(line.facts),
        })),
        more: lines.length === pageLines,
      };
    }),

  /** The newest checkpoint, or null. */
  checkpoint: procedureFor("viewer")
    .input(oneJob)
    .query(async ({ ctx, input }) => {
      const found = await findCheckpoint(ctx.db, input.id);
      if (found === null) return null;
      const { data, artifacts, ...rest } = found;
      const redactor = redactorOf(ctx);
      return {
        ...rest,
        data: redactor.json(data, null),
        artifacts: artifacts === null ? null : redactor.json(artifacts, null),
      };
    }),

  /** The payloads that the job has had, oldest first. */
  payloads: procedureFor("viewer")
    .input(oneJob)
    .query(async ({ ctx, input }) => {
      const revisions = await loadPayloadRevisions(ctx.db, input.id, shownRevisions);
      const job = await findJobText(ctx.db, input.id, "payload");
      const redactor = redactorOf(ctx);
      return revisions.map(({ payload, ...rest }) => ({
        ...rest,
        payload: redactor.json(payload, job?.definition ?? null).text,
      }));
    }),

  /** The JSON Schema that the job's payload is held to. */
  inputSchema: procedureFor("viewer")
    .input(oneJob)
    .query(({ ctx, input }) => findInputSchema(ctx, input.id)),

  /** Jobs that belong to the same thing: same idempotency key, same correlation. */
  related: procedureFor("viewer")
    .input(oneJob)
    .query(({ ctx, input }) => findRelatedJobs(ctx.db, input.id)),

  /** The newest completed job of the same definition, to hold a failing one against; null when none is near. */
  lastGood: procedureFor("viewer")
    .input(oneJob)
    .query(({ ctx, input }) => findLastGood(ctx, input.id)),

  /** Shows one redacted value; who, where and why is written to the audit trail. */
  reveal: procedureFor("operator")
    .input(
      z.strictObject({
        id: jobId,
        text: z.enum(jobTexts),
        pointer: z.string().max(2_000),
        reason: reasonInput,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      requireReason(input.reason);
      const { id, ...rest } = input;
      return { value: await revealValue(ctx.engine, { jobId: id, ...rest, actor: ctx.actor.name }) };
    }),

  /** Retries with another payload, given as JSON text; placeholders in it stand for the redacted values. */
  retryEdited: procedureFor("operator")
    .input(z.strictObject({ id: jobId, payload: z.string().max(1_048_576), reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      requireReason(input.reason);
      const { id, payload, reason } = input;
      await retryEditedJob(ctx.engine, { jobId: id, payload, reason, actor: ctx.actor.name });
      return { done: true };
    }),

  /** Writes a note into the job's history. */
  note: procedureFor("operator")
    .input(z.strictObject({ id: jobId, text: z.string().trim().min(1).max(maxNote) }))
    .mutation(async ({ ctx, input }) => {
      await noteJob(ctx.engine, { jobId: input.id, text: input.text, actor: ctx.actor.name });
      return { done: true };
    }),
};
