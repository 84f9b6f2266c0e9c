import { z } from "zod";
import { definitionSchema, putDefinitionSchema } from "#core/definition/definition.ts";
import { SignalboxError } from "#core/error.ts";
import { putDefinition } from "#server/operations/definitions/put-definition.ts";
import {
  type DefinitionRecord,
  findDefinition,
  listDefinitions,
} from "#server/store/definitions/find-definition.ts";
import { type Route, route } from "../route.ts";
import { definitionViewSchema } from "../schemas/catalog-schemas.ts";
import { pageSchema, versionSchema } from "../schemas/query-schemas.ts";
import { afterName, namePage } from "./name-page.ts";

const written = z.strictObject({
  name: z.string(),
  version: z.int(),
  definition: definitionViewSchema,
  /** Of a new version, what is to be known of it; absent when there is nothing. */
  warnings: z.array(z.string()).optional(),
});

export const definitionRoutes: Route[] = [
  route({
    method: "PUT",
    path: "/definitions/{name}",
    params: { name: "name" },
    permission: "definitions.write",
    name: "putDefinition",
    tag: "definitions",
    summary: "Write a definition",
    description:
      "A new immutable version, or the version there is when nothing changed. The queue comes to be with the first definition that names it. An input schema that may refuse payloads which the newest version accepts is refused with 409 conflict, and the places, unless force is true.",
    body: putDefinitionSchema,
    bodyUnchecked: true,
    answers: {
      201: { description: "A new version", schema: written },
      200: { description: "Nothing changed", schema: written },
    },
    refusals: [404, 409, 413],
    handle: async ({ context, params, body, actor }) => {
      const put = await putDefinition(context.engine, { name: params.name as string, body, actor });
      const definition = await show(context.engine.pool, put.name, put.version);
      const warnings = put.warnings.length > 0 ? { warnings: put.warnings } : {};
      const json = { name: put.name, version: put.version, definition, ...warnings };
      return { status: put.created ? 201 : 200, json };
    },
  }),
  route({
    method: "GET",
    path: "/definitions/{name}",
    params: { name: "name" },
    permission: "definitions.read",
    name: "getDefinition",
    tag: "definitions",
    summary: "A definition, at its newest version or the one asked for",
    query: versionSchema,
    answers: {
      200: { description: "The definition", schema: z.strictObject({ definition: definitionViewSchema }) },
    },
    refusals: [404],
    handle: async ({ context, params, query }) => {
      const definition = await show(context.engine.pool, params.name as string, query.version ?? null);
      return { status: 200, json: { definition } };
    },
  }),
  route({
    method: "GET",
    path: "/definitions",
    permission: "definitions.read",
    name: "listDefinitions",
    tag: "definitions",
    summary: "Definitions by name, at their newest versions",
    query: pageSchema,
    answers: {
      200: {
        description: "A page",
        schema: z.strictObject({
          definitions: z.array(definitionViewSchema),
          nextCursor: z.string().nullable(),
        }),
      },
    },
    refusals: [400],
    handle: async ({ context, query }) => {
      const rows = await listDefinitions(context.engine.pool, afterName(query.cursor), query.limit + 1);
      const { page, nextCursor } = namePage(rows, query.limit);
      return { status: 200, json: { definitions: page.map(view), nextCursor } };
    },
  }),
];

async function show(
  db: Parameters<typeof findDefinition>[0],
  name: string,
  version: number | null,
): Promise<object> {
  const record = await findDefinition(db, name, version);
  if (record === null) {
    const what = version === null ? `definition ${name}` : `version ${version} of a definition ${name}`;
    throw new SignalboxError(
      "unknown_definition",
      `there is no ${what}: PUT /definitions/${name} writes one`,
    );
  }
  return view(record);
}

function view(record: DefinitionRecord): object {
  const { name, version, latestVersion, paused, body, createdAt, createdBy } = record;
  const spec = definitionSchema.parse(body);
  return { name, version, latestVersion, paused, ...spec, createdAt: createdAt.toISOString(), createdBy };
}
