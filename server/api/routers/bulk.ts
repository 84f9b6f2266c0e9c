import { z } from "zod";
import { bulkActions, bulkActSchema } from "#core/bulk/bulk-action.ts";
import { bulkGuardSchema } from "#core/bulk/bulk-guard.ts";
import { bulkOutcomes } from "#core/bulk/bulk-state.ts";
import { SignalboxError } from "#core/error.ts";
import type { JobFilter } from "#core/query/job-filter.ts";
import type { BulkJobs } from "#server/operations/bulk/bulk-source.ts";
import { countBulk } from "#server/operations/bulk/count-bulk.ts";
import {
  noSuchBulk,
  refuseEmptyFilter,
  startBulk,
  takeBackBulk,
} from "#server/operations/bulk/start-bulk.ts";
import { steerBulk } from "#server/operations/bulk/steer-bulk.ts";
import { listBulkItems, watchBulkItems } from "#server/store/bulk/bulk-items.ts";
import { findBulk } from "#server/store/bulk/find-bulk.ts";
import { listOpenBulk, listPastBulk } from "#server/store/bulk/list-bulk.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import { loadJobRows } from "#server/store/jobs/load-job-rows.ts";
import { recallWindowMs } from "#server/store/settings/recall-window-ms.ts";
import { toBulkCountView } from "../bulk/bulk-count-view.ts";
import { toBulkView } from "../bulk/bulk-view.ts";
import { jobFilterInput } from "../jobs/job-filter-input.ts";
import { toJobSummary } from "../jobs/job-summary.ts";
import { reasonInput } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const id = z.string().refine(isJobId, "an id is a whole number of at most 19 digits");
const jobs = z.strictObject({
  filter: jobFilterInput.optional(),
  ids: z.array(id).min(1).max(10_000).optional(),
});
/** How long a count may take, ms. */
const countBudgetMs = 30;
const pageOperations = 50;
const pageItems = 100;
/** Newest jobs of a retry whose fate is told. */
const watched = 1_000;

/** Bulk operations: count, start, follow and steer. */
export const bulkRouter = router({
  /** What an act would be done to: the count (exact, or at least), a breakdown, a sample and a proposed pace. */
  count: procedureFor("viewer")
    .input(jobs.extend({ action: z.enum(bulkActions).exclude(["restore"]) }))
    .query(async ({ ctx, input }) => {
      const source = toSource(input);
      if (source.kind === "filter") refuseEmptyFilter(source.filter);
      const { shown } = ctx.engine.catalog.current.redactor;
      const count = await countBulk(ctx.db, input.action, source, shown, countBudgetMs);
      return toBulkCountView(count, ctx.engine.clock.nowMs());
    }),

  /** Freezes the set and starts. A cancel or a discard of more than 1,000 jobs needs their count as `confirmed`. */
  start: procedureFor("operator")
    .input(
      jobs.extend({
        act: bulkActSchema,
        reason: reasonInput,
        confirmed: z.int().min(0).optional(),
        guard: bulkGuardSchema.optional(),
      }),
    )
    .mutation(({ ctx, input }) =>
      startBulk(ctx.engine, {
        act: input.act,
        jobs: toSource(input),
        reason: input.reason || null,
        actor: ctx.actor.name,
        guard: input.guard,
        confirmed: input.confirmed,
        typedCount: true,
      }),
    ),

  /** Puts back what a cancel or a discard took out, within the recall window: an operation of its own. */
  takeBack: procedureFor("operator")
    .input(z.strictObject({ id, reason: reasonInput }))
    .mutation(({ ctx, input }) =>
      takeBackBulk(ctx.engine, {
        id: input.id,
        reason: input.reason || `take back of bulk operation ${input.id}`,
        actor: ctx.actor.name,
      }),
    ),

  /** Pauses, resumes or aborts; what was done stays done. */
  steer: procedureFor("operator")
    .input(z.strictObject({ id, verb: z.enum(["pause", "resume", "abort"]), reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      const { verb, reason } = input;
      await steerBulk(ctx.engine, { id: input.id, verb, reason: reason || null, actor: ctx.actor.name });
    }),

  /** Those that are not over, and a page of those that are; newest first. */
  list: procedureFor("viewer")
    .input(z.strictObject({ before: id.nullish() }))
    .query(async ({ ctx, input }) => {
      const nowMs = ctx.engine.clock.nowMs();
      const [open, past, recallMs] = await Promise.all([
        listOpenBulk(ctx.db),
        listPastBulk(ctx.db, input.before ?? null, pageOperations + 1),
        recallWindowMs(ctx.db),
      ]);
      const page = past.slice(0, pageOperations);
      return {
        asOfMs: nowMs,
        open: open.map((row) => toBulkView(row, nowMs, recallMs)),
        past: page.map((row) => toBulkView(row, nowMs, recallMs)),
        nextBefore: past.length > pageOperations ? (page.at(-1)?.id ?? null) : null,
      };
    }),

  /** One operation, and how the jobs it retried (the newest 1,000) fared since. */
  get: procedureFor("viewer")
    .input(z.strictObject({ id: z.string().max(40) }))
    .query(async ({ ctx, input }) => {
      const [row, recallMs] = isJobId(input.id)
        ? await Promise.all([findBulk(ctx.db, input.id), recallWindowMs(ctx.db)])
        : [null, 0];
      if (row === null) throw noSuchBulk(input.id);
      const from = Math.max(0, row.taken - watched);
      const fates = row.act.action === "retry" ? await watchBulkItems(ctx.db, row.id, from, row.taken) : null;
      const nowMs = ctx.engine.clock.nowMs();
      return {
        asOfMs: nowMs,
        operation: toBulkView(row, nowMs, recallMs),
        fates: fates === null ? null : { ...fates, of: row.taken - from },
      };
    }),

  /** The jobs of an operation by what became of them; `waiting` are those whose turn has not come. */
  items: procedureFor("viewer")
    .input(
      z.strictObject({
        id,
        which: z.enum([...bulkOutcomes, "waiting"]),
        /** The ordinal after which the page begins. */
        cursor: z.int().min(0).nullish(),
        /** Said by a list that grows as it is scrolled; always onward. */
        direction: z.literal("forward").optional(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const after = input.cursor ?? 0;
      const items = await listBulkItems(ctx.db, input.id, input.which, { after, limit: pageItems + 1 });
      const page = items.slice(0, pageItems);
      const rows = await loadJobRows(
        ctx.db,
        page.map(({ jobId }) => jobId),
        { brief: true },
      );
      const byId = new Map(rows.jobs.map((job) => [job.id, job]));
      return {
        items: page.map((item) => {
          const job = byId.get(item.jobId);
          return { ...item, job: job ? toJobSummary(job) : null };
        }),
        nextCursor: items.length > pageItems ? (page.at(-1)?.ordinal ?? null) : null,
      };
    }),
});

function toSource({ filter, ids }: { filter?: JobFilter; ids?: string[] }): BulkJobs {
  if (filter !== undefined && ids === undefined) return { kind: "filter", filter };
  if (ids !== undefined && filter === undefined) return { kind: "ids", ids: [...new Set(ids)] };
  throw new SignalboxError("validation", "Name the jobs by either a filter or ids; nothing was done.", {
    errors: [{ path: "/filter", message: "is needed where there are no ids, and only there" }],
  });
}
