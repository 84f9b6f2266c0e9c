import { z } from "zod";
import { breakerSettingsSchema } from "#core/breaker/breaker-settings.ts";
import { noSuchDependency } from "#server/operations/dependencies/no-such-dependency.ts";
import { patchDependency, patchDependencySchema } from "#server/operations/dependencies/patch-dependency.ts";
import type { Engine } from "#server/operations/engine.ts";
import {
  type DependencyRecord,
  findDependency,
  listDependencies,
} from "#server/store/dependencies/find-dependency.ts";
import { isoTimeOrNull } from "#server/store/jobs/job-view.ts";
import { type Route, route } from "../route.ts";
import { dependencyViewSchema } from "../schemas/catalog-schemas.ts";
import { pageSchema } from "../schemas/query-schemas.ts";
import { afterName, namePage } from "./name-page.ts";

export const dependencyRoutes: Route[] = [
  route({
    method: "GET",
    path: "/dependencies",
    permission: "dependencies.read",
    name: "listDependencies",
    tag: "dependencies",
    summary: "Dependencies by name",
    query: pageSchema,
    answers: {
      200: {
        description: "A page",
        schema: z.strictObject({
          dependencies: z.array(dependencyViewSchema),
          nextCursor: z.string().nullable(),
        }),
      },
    },
    refusals: [400],
    handle: async ({ context, query }) => {
      const { engine } = context;
      const rows = await listDependencies(engine.pool, afterName(query.cursor), query.limit + 1);
      const { page, nextCursor } = namePage(rows, query.limit);
      return { status: 200, json: { dependencies: page.map((row) => view(engine, row)), nextCursor } };
    },
  }),
  route({
    method: "GET",
    path: "/dependencies/{name}",
    params: { name: "name" },
    permission: "dependencies.read",
    name: "getDependency",
    tag: "dependencies",
    summary: "One dependency with its settings and its breaker",
    answers: {
      200: { description: "The dependency", schema: z.strictObject({ dependency: dependencyViewSchema }) },
    },
    refusals: [404],
    handle: async ({ context, params }) => ({
      status: 200,
      json: { dependency: await load(context.engine, params.name as string) },
    }),
  }),
  route({
    method: "PATCH",
    path: "/dependencies/{name}",
    params: { name: "name" },
    permission: "dependencies.write",
    name: "patchDependency",
    tag: "dependencies",
    summary: "Change how a dependency is guarded, or force its breaker",
    description:
      "What is absent stays; of settings null takes the default back. forced open holds all jobs that need it, forced closed lets them through whatever fails, null lets the policy decide; each needs a reason. Acts on the next claim.",
    body: patchDependencySchema,
    bodyUnchecked: true,
    answers: {
      200: {
        description: "The dependency, and what is allowed but most likely not meant",
        schema: z.strictObject({ dependency: dependencyViewSchema, warning: z.string().nullable() }),
      },
    },
    refusals: [404, 409],
    handle: async ({ context, params, body, actor }) => {
      const name = params.name as string;
      const { warning } = await patchDependency(context.engine, { name, body, actor });
      return { status: 200, json: { dependency: await load(context.engine, name), warning } };
    },
  }),
];

async function load(engine: Engine, name: string) {
  const found = await findDependency(engine.pool, name);
  if (found === null) throw noSuchDependency(name, engine.catalog.current.dependencies.keys());
  return view(engine, found);
}

function view({ catalog }: Engine, row: DependencyRecord): z.input<typeof dependencyViewSchema> {
  const { name, version, settings, state, sinceMs, untilMs, forced, forcedBy, forcedReason } = row;
  const needing = [...catalog.current.definitions.values()].filter(({ spec }) =>
    spec.dependencies?.includes(name),
  );
  return {
    name,
    version,
    settings: breakerSettingsSchema.safeParse(settings).data ?? breakerSettingsSchema.parse({}),
    state,
    since: isoTimeOrNull(sinceMs),
    until: isoTimeOrNull(untilMs),
    forced,
    forcedBy,
    forcedReason,
    forcedUntil: isoTimeOrNull(row.forcedUntilMs),
    ratePerSecond: row.ratePerSecond,
    slowMs: row.slowMs,
    definitions: needing.map((definition) => definition.name).sort(),
  };
}
