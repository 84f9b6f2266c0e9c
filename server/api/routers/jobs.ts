import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { cancelJob } from "#server/operations/jobs/cancel-job.ts";
import { retryJob } from "#server/operations/jobs/retry-job.ts";
import { findJob } from "#server/store/jobs/find-job.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { listJobs } from "#server/store/jobs/list-jobs.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import { actOnJobs } from "../jobs/act-on-jobs.ts";
import { toJobPage } from "../jobs/job-detail.ts";
import { jobFilterInput } from "../jobs/job-filter-input.ts";
import { toJobSummary } from "../jobs/job-summary.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const jobId = z.string().refine(isJobId, "a job id is a whole number of at most 19 digits");
const pageJobs = 50;
/** Newer jobs are counted up to here; beyond it reads 'more than'. */
const newerCounted = 100;
const mostAtOnce = 100;
const act = z.strictObject({
  ids: z.array(jobId).min(1).max(mostAtOnce),
  reason: reasonInput,
});

/** Jobs: find them, look at one, retry and cancel. */
export const jobsRouter = router({
  /** Newest first, a page at a time. `nextCursor` is null at the end. */
  list: procedureFor("viewer")
    .input(z.strictObject({ filter: jobFilterInput, cursor: z.string().max(500).nullish() }))
    .query(async ({ ctx, input }) => {
      const page = await listJobs(ctx.db, input.filter, {
        limit: pageJobs,
        cursor: input.cursor ?? null,
        brief: true,
      });
      return {
        asOfMs: ctx.engine.clock.nowMs(),
        jobs: page.jobs.map(toJobSummary),
        nextCursor: page.nextCursor,
      };
    }),

  /** How jobs in sight stand now, and how many newer ones (up to 100) match since the newest of them was submitted. */
  watch: procedureFor("viewer")
    .input(
      z.strictObject({
        ids: z.array(jobId).max(200),
        filter: jobFilterInput,
        newest: z.strictObject({ id: jobId, createdAtMs: z.number().int().min(0) }).nullish(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { newest } = input;
      const [seen, newer] = await Promise.all([
        loadJobRows(ctx.db, input.ids, { brief: true }),
        newest
          ? listJobs(
              ctx.db,
              { ...input.filter, sinceMs: newest.createdAtMs },
              { limit: newerCounted + 1, brief: true },
            )
          : null,
      ]);
      const count = newer?.jobs.filter((job) => newest && BigInt(job.id) > BigInt(newest.id)).length ?? 0;
      return { asOfMs: ctx.engine.clock.nowMs(), jobs: seen.jobs.map(toJobSummary), newer: count };
    }),

  /** One job with its whole story. */
  get: procedureFor("viewer")
    .input(z.strictObject({ id: z.string().max(40) }))
    .query(async ({ ctx, input }) => {
      const detail = await findJob(ctx.db, input.id, ctx.engine.catalog.current.priority);
      if (!detail) {
        throw new SignalboxError(
          "not_found",
          `There is no job ${input.id}. It may be mistyped, or its history has been dropped.`,
        );
      }
      return { asOfMs: ctx.engine.clock.nowMs(), job: toJobPage(detail) };
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
});
