import { z } from "zod";
import { encodeCursor } from "#core/cursor.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import { discardJob } from "#server/operations/jobs/discard-job.ts";
import { moveJob } from "#server/operations/jobs/move-job.ts";
import { reprioritiseJob } from "#server/operations/jobs/reprioritise-job.ts";
import { restoreJob } from "#server/operations/jobs/restore-job.ts";
import { retryJob } from "#server/operations/jobs/retry-job.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { listJobs } from "#server/store/jobs/list-jobs.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { refuseSecretSearch } from "../explore/refuse-secret-search.ts";
import { actOnJobs } from "../jobs/act-on-jobs.ts";
import { jobFilterInput } from "../jobs/job-filter-input.ts";
import { toJobSummary } from "../jobs/job-summary.ts";
import { payloadValues } from "../jobs/payload-values.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";
import { jobPageProcedures } from "./job-page.ts";

const jobId = z.string().refine(isJobId, "a job id is a whole number of at most 19 digits");
const pageJobs = 100;
/** A page answers with what it has after this long. */
const budget = { ms: 25, monotonicMs };
/** Newer jobs are counted up to here; beyond it reads 'more than'. */
const newerCounted = 100;
const mostAtOnce = 100;
const act = z.strictObject({
  ids: z.array(jobId).min(1).max(mostAtOnce),
  reason: reasonInput,
});

/** Jobs: find them, look at one, retry and cancel. */
export const jobsRouter = router({
  ...jobPageProcedures,

  /**
   * A page of jobs, newest first, older or newer than the cursor. `columns` are paths in payloads whose values come with
   * each row. `lookedToMs` says how far back a look went that ended before its page was full.
   */
  list: procedureFor("viewer")
    .input(
      z.strictObject({
        filter: jobFilterInput,
        cursor: z.string().max(500).nullish(),
        /** Forward is older. */
        direction: z.enum(["forward", "backward"]).optional(),
        columns: z
          .array(z.array(z.string().min(1).max(200)).min(1).max(20))
          .max(6)
          .optional(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { redactor, definitions } = ctx.engine.catalog.current;
      refuseSecretSearch(input.filter, redactor, [...definitions.keys()]);
      const columns = input.columns ?? [];
      const page = await listJobs(ctx.db, input.filter, {
        limit: pageJobs,
        cursor: input.cursor ?? null,
        towards: input.direction === "backward" ? "newer" : "older",
        brief: columns.length === 0,
        shown: redactor.shown,
        budget,
      });
      return {
        asOfMs: ctx.engine.clock.nowMs(),
        jobs: page.jobs.map((job) => ({
          ...toJobSummary(job),
          values: payloadValues(job.payload, job.definition, columns, redactor),
        })),
        nextCursor: page.nextCursor,
        previousCursor: page.previousCursor,
        examined: page.examined,
        lookedToMs: page.lookedToMs,
      };
    }),

  /** How jobs in sight stand now, and how many (up to 100) newer than the newest of them match. */
  watch: procedureFor("viewer")
    .input(
      z.strictObject({
        ids: z.array(jobId).max(200),
        filter: jobFilterInput,
        newest: jobId.nullish(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { newest } = input;
      const { redactor, definitions } = ctx.engine.catalog.current;
      refuseSecretSearch(input.filter, redactor, [...definitions.keys()]);
      const [seen, newer] = await Promise.all([
        loadJobRows(ctx.db, input.ids, { brief: true }),
        newest
          ? listJobs(ctx.db, input.filter, {
              limit: newerCounted + 1,
              cursor: encodeCursor([newest]),
              towards: "newer",
              brief: true,
              shown: redactor.shown,
              budget,
            })
          : null,
      ]);
      return {
        asOfMs: ctx.engine.clock.nowMs(),
        jobs: seen.jobs.map(toJobSummary),
        newer: newer?.jobs.length ?? 0,
      };
    }),

  /** Puts dead, cancelled, retryable and scheduled jobs in line now. Several at once need a reason. */
  retry: procedureFor("operator")
    .input(act)
    .mutation(({ ctx, input }) => {
      if (input.ids.length > 1) requireReason(input.reason);
      const { actor, engine } = ctx;
      const reason = input.reason || null;
      return actOnJobs(input.ids, (id) => retryJob(engine, { jobId: id, reason, actor: actor.name }));
    }),

  /** Cancels waiting jobs at once and asks the workers of running ones. Needs a reason. */
  cancel: procedureFor("operator")
    .input(act)
    .mutation(({ ctx, input }) => {
      requireReason(input.reason);
      const { actor, engine } = ctx;
      return actOnJobs(input.ids, (id) =>
        cancelJob(engine, { jobId: id, reason: input.reason, actor: actor.name }),
      );
    }),

  /** Gives waiting jobs another priority class. Several at once need a reason. */
  reprioritise: procedureFor("operator")
    .input(act.extend({ priority: z.enum(priorityClasses) }))
    .mutation(({ ctx, input }) => {
      if (input.ids.length > 1) requireReason(input.reason);
      const more = { priority: input.priority, reason: input.reason || null, actor: ctx.actor.name };
      return actOnJobs(input.ids, (jobId) => reprioritiseJob(ctx.engine, { jobId, ...more }));
    }),

  /** Moves waiting and dead jobs to another queue. Several at once need a reason. */
  move: procedureFor("operator")
    .input(act.extend({ queue: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => {
      if (input.ids.length > 1) requireReason(input.reason);
      const more = { queue: input.queue, reason: input.reason || null, actor: ctx.actor.name };
      return actOnJobs(input.ids, (jobId) => moveJob(ctx.engine, { jobId, ...more }));
    }),

  /** Takes dead jobs out of the dead letter; they stay in history. Needs a reason. */
  discard: procedureFor("operator")
    .input(act)
    .mutation(({ ctx, input }) => {
      requireReason(input.reason);
      const { reason } = input;
      return actOnJobs(input.ids, (jobId) =>
        discardJob(ctx.engine, { jobId, reason, actor: ctx.actor.name }),
      );
    }),

  /** Takes back a cancel or a discard within the recall window. */
  restore: procedureFor("operator")
    .input(act)
    .mutation(({ ctx, input }) => {
      const reason = input.reason || null;
      return actOnJobs(input.ids, (jobId) =>
        restoreJob(ctx.engine, { jobId, reason, actor: ctx.actor.name }),
      );
    }),
});
