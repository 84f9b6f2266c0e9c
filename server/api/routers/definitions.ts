import { z } from "zod";
import { definitionSchema } from "#core/definition/definition.ts";
import { nameSchema } from "#core/definition/name.ts";
import { submitSchema } from "#core/definition/submit.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import { pauseDefinition } from "#server/operations/definitions/pause-definition.ts";
import { putDefinition } from "#server/operations/definitions/put-definition.ts";
import { enqueueJobs } from "#server/operations/jobs/enqueue-jobs.ts";
import { findDefinition } from "#server/store/definitions/find-definition.ts";
import { listDefinitionVersions } from "#server/store/definitions/list-definition-versions.ts";
import { readLaneTotals } from "#server/store/metrics/read-lane-totals.ts";
import { readFleet } from "#server/store/overview/read-fleet.ts";
import type { ApiContext } from "../context.ts";
import {
  hourOf,
  noSuchDefinition,
  toDefinitionView,
  workersServing,
} from "../definitions/definition-view.ts";
import { reasonInput, requireReason } from "../reason.ts";
import { procedureFor, router } from "../trpc.ts";

const page = 100;
const versionsPage = 50;
const hourMs = 3_600_000;
/** Sent along by lists that load page after page. */
const onward = z.literal("forward").optional();
const name = z.string().min(1).max(100);

/** The catalogue of job definitions. */
export const definitionsRouter = router({
  /** Definitions by name, a page at a time, with who serves them and what the last hour was like. */
  list: procedureFor("viewer")
    .input(z.strictObject({ after: name.nullish(), q: z.string().max(100).nullish() }))
    .query(async ({ ctx, input }) => {
      const nowMs = ctx.engine.clock.nowMs();
      const q = input.q?.toLowerCase();
      const catalog = ctx.engine.catalog.current;
      const names = [...catalog.definitions.values()]
        .filter(
          ({ name: each, spec }) =>
            !q || `${each} ${spec.queue} ${spec.owner ?? ""}`.toLowerCase().includes(q),
        )
        .map((each) => each.name)
        .filter((each) => !input.after || each > input.after)
        .sort();
      const [totals, fleet] = await Promise.all([readLaneTotals(ctx.db, nowMs - hourMs), readFleet(ctx.db)]);
      const definitions = names.slice(0, page).flatMap((each) => {
        const definition = catalog.definitions.get(each);
        if (!definition) return [];
        const { version, paused, spec } = definition;
        const pool = catalog.queues.get(spec.queue)?.pool ?? "default";
        return [
          {
            name: each,
            version,
            paused,
            spec,
            workers: workersServing(fleet, { name: each, pool, target: spec.target }),
            hour: hourOf(totals, lanesOf(ctx, each)),
          },
        ];
      });
      return {
        asOfMs: nowMs,
        definitions,
        next: names.length > page ? (definitions.at(-1)?.name ?? null) : null,
      };
    }),

  /** A definition at its newest version or the one asked for, with who serves it. */
  get: procedureFor("viewer")
    .input(z.strictObject({ name, version: z.number().int().min(1).nullish() }))
    .query(async ({ ctx, input }) => {
      const nowMs = ctx.engine.clock.nowMs();
      const [record, totals, fleet] = await Promise.all([
        findDefinition(ctx.db, input.name, input.version ?? null),
        readLaneTotals(ctx.db, nowMs - hourMs),
        readFleet(ctx.db),
      ]);
      if (record === null) throw noSuchDefinition(input.name);
      const view = toDefinitionView(record);
      const pool = ctx.engine.catalog.current.queues.get(view.spec.queue)?.pool ?? "default";
      return {
        ...view,
        workers: workersServing(fleet, { name: view.name, pool, target: view.spec.target }),
        hour: hourOf(totals, lanesOf(ctx, view.name)),
      };
    }),

  /** Versions of a definition, newest first, a page at a time. */
  versions: procedureFor("viewer")
    .input(z.strictObject({ name, cursor: z.number().int().min(1).nullish(), direction: onward }))
    .query(async ({ ctx, input }) => {
      const rows = await listDefinitionVersions(ctx.db, input.name, input.cursor ?? null, versionsPage + 1);
      const versions = rows.slice(0, versionsPage).map(({ body, ...row }) => ({
        ...row,
        spec: definitionSchema.parse(body),
      }));
      const more = rows.length > versionsPage;
      return { versions, nextCursor: more ? (versions.at(-1)?.version ?? null) : null };
    }),

  /** Names for the choice of a definition, a policy or a queue, from memory. */
  names: procedureFor("viewer").query(({ ctx }) => {
    const catalog = ctx.engine.catalog.current;
    const dependencies = new Set(
      [...catalog.definitions.values()].flatMap(({ spec }) => spec.dependencies ?? []),
    );
    return {
      definitions: [...catalog.definitions.keys()].sort(),
      queues: [...catalog.queues.keys()].sort(),
      policies: catalog.policyNames().sort(),
      dependencies: [...dependencies].sort(),
    };
  }),

  /**
   * Writes a new version that follows `expectedVersion` (0: the first). An input schema that may refuse what producers
   * send now is refused unless `force`, which needs a reason.
   */
  put: procedureFor("operator")
    .input(
      z.strictObject({
        name: nameSchema,
        spec: z.unknown(),
        expectedVersion: z.number().int().min(0),
        force: z.boolean(),
        reason: reasonInput,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { spec, expectedVersion, force, reason } = input;
      if (force) requireReason(reason);
      if (spec === null || typeof spec !== "object" || Array.isArray(spec))
        throw new SignalboxError("validation", "A definition is a JSON object; nothing was written.");
      const put = await putDefinition(ctx.engine, {
        name: input.name,
        body: { ...spec, expectedVersion, force },
        actor: ctx.actor.name,
        reason: reason || null,
      });
      return { version: put.version, created: put.created, warnings: put.warnings };
    }),

  /** Pauses a definition or lets it go on; acts on the next claim. Pausing needs a reason. */
  setPaused: procedureFor("operator")
    .input(z.strictObject({ name, paused: z.boolean(), reason: reasonInput }))
    .mutation(({ ctx, input }) => {
      if (input.paused) requireReason(input.reason);
      return pauseDefinition(ctx.engine, { ...input, reason: input.reason || null, actor: ctx.actor.name });
    }),

  /** Submits one job from the console, checked as POST /jobs checks it. */
  submit: procedureFor("operator")
    .input(z.strictObject({ name, job: z.record(z.string(), z.unknown()) }))
    .mutation(async ({ ctx, input }) => {
      const parsed = submitSchema.safeParse({ ...input.job, definition: input.name });
      if (!parsed.success) throw validationError(parsed.error, "the job");
      const [result] = await enqueueJobs(ctx.engine, [parsed.data], { actor: ctx.actor.name });
      if (result === undefined) throw new SignalboxError("internal", "a submit had no result");
      if (!result.ok) throw result.error;
      return { id: result.id, deduplicated: result.deduplicated };
    }),
});

function lanesOf(ctx: ApiContext, definition: string): Set<number> {
  const lanes = [...ctx.engine.catalog.current.lanes.values()];
  return new Set(lanes.filter((lane) => lane.definition.name === definition).map((lane) => lane.id));
}
