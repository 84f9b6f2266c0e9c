import { z } from "zod";
import { errorStatus } from "#core/error.ts";
import { failureReportSchema } from "#core/failure/failure-report.ts";
import { apiBase } from "../request/route-table.ts";
import type { ParamKind, Route } from "../route.ts";
import {
  definitionViewSchema,
  policyViewSchema,
  queueViewSchema,
  ruleViewSchema,
  workerViewSchema,
} from "../schemas/catalog-schemas.ts";
import {
  attemptSchema,
  jobDetailSchema,
  jobEventSchema,
  jobSchema,
  lastErrorSchema,
  problemSchema,
  waitingReasonSchema,
} from "../schemas/job-schemas.ts";

type Json = Record<string, unknown>;

/** Schemas with a name of their own; whatever holds one refers to it. */
const named: Record<string, z.ZodType> = {
  Problem: problemSchema,
  LastError: lastErrorSchema,
  Job: jobSchema,
  JobDetail: jobDetailSchema,
  Attempt: attemptSchema,
  JobEvent: jobEventSchema,
  WaitingReason: waitingReasonSchema,
  FailureReport: failureReportSchema,
  Definition: definitionViewSchema,
  Queue: queueViewSchema,
  Policy: policyViewSchema,
  Rule: ruleViewSchema,
  Worker: workerViewSchema,
};

/** OpenAPI 3.1 of the table of routes. Paths stand under the server's URL; those outside name their own server. */
export function buildOpenapi(routes: readonly Route[]): Json {
  const schemas = buildSchemas(routes);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? (route.outside ? { servers: [{ url: "/" }] } : {});
    paths[route.path] = { ...path, [route.method.toLowerCase()]: describe(route, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Signalbox",
      version: "0.1.0",
      description:
        "Submit jobs, watch them, steer them, and run them from any language. Errors are problem+json (RFC 9457).",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: apiBase }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "signalbox token create --name N --scope S" },
      },
    },
  };
}

function buildSchemas(routes: readonly Route[]): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  for (const route of routes) {
    if (route.body && !registry.has(route.body)) registry.add(route.body, { id: bodyId(route) });
    for (const [status, { schema }] of Object.entries(route.answers))
      if (schema && !registry.has(schema)) registry.add(schema, { id: answerId(route, status) });
  }
  const built = z.toJSONSchema(registry, {
    io: "input",
    unrepresentable: "any",
    uri: (id) => `#/components/schemas/${id}`,
  }).schemas as Record<string, Json>;
  const schemas: Record<string, Json> = {};
  for (const [id, schema] of Object.entries(built)) schemas[id] = ownParts(schema);
  return schemas;
}

/** Without the address and dialect that each has as a document of its own. */
function ownParts({ $id: _id, $schema: _dialect, ...schema }: Json): Json {
  return schema;
}

function describe(route: Route, schemas: Record<string, Json>): Json {
  const { summary, description, tag, name } = route;
  return {
    operationId: name,
    summary,
    ...(description ? { description } : {}),
    tags: [tag],
    security: route.permission === "open" ? [] : [{ token: [] }],
    ...(route.permission === "open" ? {} : { "x-permission": route.permission }),
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(route.body
      ? {
          requestBody: {
            required: !route.bodyOptional,
            content: json(refTo(route.body, bodyId(route), schemas)),
          },
        }
      : {}),
    responses: responses(route, schemas),
  };
}

const kinds: Record<ParamKind, Json> = {
  id: { type: "string", pattern: "^[1-9][0-9]{0,18}$" },
  name: { type: "string", pattern: "^[a-z0-9][a-z0-9._-]{0,99}$" },
  attempt: { type: "integer", minimum: 1 },
  key: { type: "string", minLength: 1, maxLength: 200 },
};

function pathParameters({ params = {} }: Route): Json[] {
  return Object.entries(params).map(([name, kind]) => ({
    name,
    in: "path",
    required: true,
    schema: kinds[kind],
  }));
}

function queryParameters({ query }: Route): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(query, {
    io: "input",
    unrepresentable: "any",
  }) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function responses(route: Route, schemas: Record<string, Json>): Json {
  const good = Object.entries(route.answers).map(
    ([status, { description, schema, contentType }]): [string, Json] => {
      if (contentType !== undefined)
        return [status, { description, content: { [contentType]: { schema: { type: "string" } } } }];
      return [
        status,
        { description, content: json(schema ? refTo(schema, answerId(route, status), schemas) : {}) },
      ];
    },
  );
  const usual = [
    ...(route.permission === "open" ? [] : [401, 403]),
    ...(route.body ? [400, 413] : []),
    422,
    500,
    503,
  ];
  const bad = [...new Set([...usual, ...(route.refusals ?? [])])].sort().map((status): [string, Json] => {
    const codes = Object.entries(errorStatus).filter(([, each]) => each === status);
    const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
    return [String(status), { description: codes.map(([code]) => code).join(", "), content }];
  });
  return Object.fromEntries([...good, ...bad]);
}

function refTo(schema: z.ZodType, id: string, schemas: Record<string, Json>): Json {
  const ownName = Object.entries(named).find(([, each]) => each === schema)?.[0] ?? id;
  return ownName in schemas
    ? { $ref: `#/components/schemas/${ownName}` }
    : (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json);
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

function bodyId(route: Route): string {
  return `${upper(route.name)}Body`;
}

function answerId(route: Route, status: string): string {
  return Object.keys(route.answers).length > 1
    ? `${upper(route.name)}Answer${status}`
    : `${upper(route.name)}Answer`;
}

function upper(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
