import { z } from "zod";
import { forceBreaker, forcedForSchema } from "#server/operations/dependencies/force-breaker.ts";
import { noSuchDependency } from "#server/operations/dependencies/no-such-dependency.ts";
import { putDependencySettings } from "#server/operations/dependencies/put-dependency-settings.ts";
import { resetBreaker } from "#server/operations/dependencies/reset-breaker.ts";
import { readDependencies, readDependency } from "../dependencies/read-dependencies.ts";
import {
  type HistoryRange,
  historyRanges,
  readDependencyHistory,
} from "../dependencies/read-dependency-history.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const name = z.string().min(1).max(100);
const page = 100;
const range = z.enum(Object.keys(historyRanges) as [HistoryRange, ...HistoryRange[]]);

/** Services that definitions need, and what guards them. */
export const dependenciesRouter = router({
  /** Dependencies by name, a page at a time. */
  list: procedureFor("viewer")
    .input(z.strictObject({ after: name.nullish() }))
    .query(({ ctx, input }) => readDependencies(ctx, input.after ?? null, page)),

  /** One dependency with its settings, and where the jobs stand that need it. */
  get: procedureFor("viewer")
    .input(z.strictObject({ name }))
    .query(async ({ ctx, input }) => {
      const found = await readDependency(ctx, input.name);
      if (!found) throw noSuchDependency(input.name, ctx.engine.catalog.current.dependencies.keys());
      return found;
    }),

  /** What its calls came to over a span of time. */
  history: procedureFor("viewer")
    .input(z.strictObject({ name, range }))
    .query(({ ctx, input }) => {
      const { dependencies } = ctx.engine.catalog.current;
      const known = dependencies.get(input.name);
      if (!known) throw noSuchDependency(input.name, dependencies.keys());
      return readDependencyHistory(ctx, known.id, input.range);
    }),

  /** Changes how it is guarded: what is absent stays, null takes a default back. Acts on the next claim. */
  change: procedureFor("operator")
    .input(
      z.strictObject({
        name,
        settings: z.record(z.string(), z.unknown()),
        expectedVersion: z.int().min(1),
        reason: reasonInput,
      }),
    )
    .mutation(({ ctx, input }) => {
      requireReason(input.reason);
      return putDependencySettings(ctx.engine, { ...input, actor: ctx.actor.name });
    }),

  /** Forces its breaker open or closed, or lets the policy decide again. Needs a reason. */
  force: procedureFor("operator")
    .input(
      z.strictObject({
        name,
        forced: z.enum(["open", "closed"]).nullable(),
        forMs: forcedForSchema.nullable().optional(),
        reason: reasonInput,
      }),
    )
    .mutation(({ ctx, input }) => {
      requireReason(input.reason);
      return forceBreaker(ctx.engine, { ...input, actor: ctx.actor.name });
    }),

  /** Has its breaker forget what it remembers. Needs a reason. */
  reset: procedureFor("operator")
    .input(z.strictObject({ name, reason: reasonInput }))
    .mutation(async ({ ctx, input }) => {
      requireReason(input.reason);
      await resetBreaker(ctx.engine, { ...input, actor: ctx.actor.name });
      return { reset: true };
    }),
});
