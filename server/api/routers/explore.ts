import { z } from "zod";
import { deleteView } from "#server/operations/views/delete-view.ts";
import { pinView } from "#server/operations/views/pin-view.ts";
import { saveView, viewSchema } from "#server/operations/views/save-view.ts";
import { countJobs } from "#server/store/jobs/count-jobs.ts";
import { toJobView } from "#server/store/jobs/job-view.ts";
import { listJobs } from "#server/store/jobs/list-jobs.ts";
import { listViews } from "#server/store/views/list-views.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { completeQuery } from "../explore/complete-query.ts";
import { refuseSecretSearch } from "../explore/refuse-secret-search.ts";
import { jobFilterInput } from "../jobs/job-filter-input.ts";
import { procedureFor, router } from "../trpc.ts";

/** How long a count may take before it becomes a lower bound, ms. */
const countMs = 22;
const exportPage = 200;
const viewId = z.number().int().min(1).max(2_147_483_647);
const text = z.string().max(200);

const completionInput = z.discriminatedUnion("field", [
  z.strictObject({ field: z.enum(["queue", "definition", "tag", "error", "concurrency"]) }),
  z.strictObject({ field: z.literal("payload-path") }),
  z.strictObject({ field: z.literal("payload-value"), path: z.array(text).min(1).max(20) }),
]);

/** The jobs explorer: completion, totals, export, and the views that people keep. */
export const exploreRouter = router({
  /** What the qualifier bar may go on with. Keys and values of payloads are sampled from the newest jobs of the filter's queues and definitions; what redaction hides is never offered. */
  complete: procedureFor("viewer")
    .input(z.strictObject({ of: completionInput, typed: text, filter: jobFilterInput }))
    .query(({ ctx, input }) => completeQuery(ctx, input.of, input.typed, input.filter)),

  /** How many jobs match, and how sure that is. */
  count: procedureFor("viewer")
    .input(z.strictObject({ filter: jobFilterInput }))
    .query(({ ctx, input }) => {
      const { redactor, definitions } = ctx.engine.catalog.current;
      refuseSecretSearch(input.filter, redactor, [...definitions.keys()]);
      return countJobs(ctx.db, input.filter, { ms: countMs, monotonicMs, shown: redactor.shown });
    }),

  /** Whole jobs of a filter, a page at a time, with what redaction hides taken out: for a file. */
  export: procedureFor("viewer")
    .input(z.strictObject({ filter: jobFilterInput, cursor: z.string().max(500).nullish() }))
    .query(async ({ ctx, input }) => {
      const { redactor, definitions } = ctx.engine.catalog.current;
      refuseSecretSearch(input.filter, redactor, [...definitions.keys()]);
      const page = await listJobs(ctx.db, input.filter, {
        limit: exportPage,
        cursor: input.cursor,
        shown: redactor.shown,
      });
      const shown = page.jobs.map((job) => {
        const hide = (json: string | null) =>
          json === null ? null : redactor.json(json, job.definition).text;
        return toJobView({ ...job, payload: hide(job.payload), output: hide(job.output) });
      });
      return { jobs: shown.map((job) => JSON.stringify(job)), nextCursor: page.nextCursor };
    }),

  /** The views of whoever asks, those that others share, and the one that is pinned. */
  views: procedureFor("viewer").query(({ ctx }) => listViews(ctx.db, ctx.actor.name)),

  /** Keeps a view; with `id` changes one's own. */
  saveView: procedureFor("operator")
    .input(z.strictObject({ id: viewId.nullable(), view: viewSchema }))
    .mutation(({ ctx, input }) => saveView(ctx.engine, { ...input, actor: ctx.actor.name })),

  /** Deletes one's own view. */
  deleteView: procedureFor("operator")
    .input(z.strictObject({ id: viewId }))
    .mutation(({ ctx, input }) => deleteView(ctx.engine, { id: input.id, actor: ctx.actor.name })),

  /** Makes a view the one that one's list begins with; null takes the pin off. */
  pinView: procedureFor("operator")
    .input(z.strictObject({ id: viewId.nullable() }))
    .mutation(({ ctx, input }) => pinView(ctx.engine, { id: input.id, actor: ctx.actor.name })),
});
