import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { groupActSchema } from "#core/failure-group/group-act.ts";
import { setFailureGroupState } from "#server/operations/failures/set-failure-group-state.ts";
import { listFailingDependencies } from "#server/store/failures/list-failing-dependencies.ts";
import { groupOrders } from "#server/store/failures/list-groups.ts";
import { fingerprintInput, groupFilterInput, windowInput } from "../failures/failure-inputs.ts";
import { listGroupSummaries } from "../failures/list-group-summaries.ts";
import { listDeadJobs, readDeadGroups } from "../failures/read-dead-letter.ts";
import { readFailureOverview } from "../failures/read-failure-overview.ts";
import { readGroupDetail } from "../failures/read-group-detail.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const pageGroups = 50;
const pageDead = 50;
const dayMs = 86_400_000;

/** Failures in groups: what fails, since when, whose fault it is, and what was said of it. */
export const failuresRouter = router({
  /** Counts by class and window, where failures come from, and which groups rise. */
  overview: procedureFor("viewer").query(({ ctx }) => readFailureOverview(ctx)),

  /** Groups that failed within the window, a page at a time. `nextCursor` is null at the end. */
  groups: procedureFor("viewer")
    .input(
      z.strictObject({
        filter: groupFilterInput,
        order: z.enum(groupOrders),
        window: windowInput,
        cursor: z.string().max(500).nullish(),
      }),
    )
    .query(({ ctx, input }) =>
      listGroupSummaries(ctx, { ...input, limit: pageGroups, cursor: input.cursor ?? null }),
    ),

  /** One group with its trend, versions, samples, and whether its jobs may be retried. */
  group: procedureFor("viewer")
    .input(z.strictObject({ fingerprint: fingerprintInput, window: windowInput }))
    .query(async ({ ctx, input }) => {
      const detail = await readGroupDetail(ctx, input.fingerprint, input.window);
      if (detail === null)
        throw new SignalboxError(
          "not_found",
          `There is no failure group ${input.fingerprint}. It may be mistyped, not counted yet, or forgotten.`,
        );
      return detail;
    }),

  /** The dependencies that groups of the last week name: what a filter can take. */
  dependencies: procedureFor("viewer").query(({ ctx }) =>
    listFailingDependencies(ctx.db, ctx.engine.clock.nowMs() - 7 * dayMs),
  ),

  /** The failure groups that have dead jobs, most dead first. */
  deadGroups: procedureFor("viewer").query(({ ctx }) => readDeadGroups(ctx)),

  /** Dead jobs that nobody has discarded, newest first; of one group, of none (''), or all (null). */
  deadJobs: procedureFor("viewer")
    .input(
      z.strictObject({
        fingerprint: z.union([fingerprintInput, z.literal("")]).nullable(),
        cursor: z.string().max(500).nullish(),
      }),
    )
    .query(({ ctx, input }) =>
      listDeadJobs(ctx, input.fingerprint, { cursor: input.cursor ?? null, limit: pageDead }),
    ),

  /** Resolves, ignores or reopens a group. Ignoring needs a reason: it takes failures out of sight. */
  setState: procedureFor("operator")
    .input(z.strictObject({ fingerprint: fingerprintInput, act: groupActSchema, reason: reasonInput }))
    .mutation(({ ctx, input }) => {
      if (input.act.act === "ignore") requireReason(input.reason);
      return setFailureGroupState(ctx.engine, {
        fingerprint: input.fingerprint,
        act: input.act,
        reason: input.reason || null,
        actor: ctx.actor.name,
      });
    }),
});
