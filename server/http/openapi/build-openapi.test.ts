import { describe, expect, test } from "vitest";
import { permissions } from "#core/access/scope.ts";
import { RouteTable } from "../request/route-table.ts";
import { type Route, route } from "../route.ts";
import { allRoutes, openapiRoute } from "../routes/all-routes.ts";
import { buildOpenapi } from "./build-openapi.ts";

const routes = [...allRoutes, openapiRoute(() => null)];
const described = JSON.parse(JSON.stringify(buildOpenapi(routes)));

function refs(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "$ref" && typeof member === "string" ? [member] : refs(member),
  );
}

function resolve(ref: string): unknown {
  expect(ref.startsWith("#/"), ref).toBe(true);
  return ref
    .slice(2)
    .split("/")
    .reduce(
      (at: unknown, step) =>
        (at as Record<string, unknown> | undefined)?.[step.replaceAll("~1", "/").replaceAll("~0", "~")],
      described,
    );
}

describe("the OpenAPI description", () => {
  test("lists every route under its method, once, with its own operationId", () => {
    const operations = Object.values(
      described.paths as Record<string, Record<string, { operationId?: string }>>,
    ).flatMap((path) => Object.values(path).flatMap((operation) => operation.operationId ?? []));
    expect(operations.toSorted()).toEqual(routes.map((each) => each.name).toSorted());
    expect(new Set(operations).size).toBe(routes.length);
    for (const each of routes)
      expect(described.paths[each.path][each.method.toLowerCase()].operationId).toBe(each.name);
  });

  test("every reference resolves", () => {
    const all = refs(described);
    expect(all.length).toBeGreaterThan(50);
    for (const ref of all) expect(resolve(ref), ref).toBeDefined();
  });

  test("every call says what it takes, what it answers, and how it refuses", () => {
    for (const each of routes) {
      const operation = described.paths[each.path][each.method.toLowerCase()];
      for (const status of Object.keys(each.answers))
        expect(operation.responses[status].description).toBeTruthy();
      expect(operation.responses[500].content["application/problem+json"].schema).toEqual({
        $ref: "#/components/schemas/Problem",
      });
      if (each.body)
        expect(
          operation.requestBody.content["application/json"].schema.$ref ?? operation.requestBody,
        ).toBeTruthy();
      const inPath = [...each.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters.filter((parameter: { in: string }) => parameter.in === "path");
      expect(declared.map((parameter: { name: string }) => parameter.name)).toEqual(inPath);
      expect(operation.security).toEqual(each.permission === "open" ? [] : [{ token: [] }]);
    }
  });

  test("describes a job with exactly its fields, and errors as problems", () => {
    const { Job, JobDetail, Problem, FailureReport } = described.components.schemas;
    expect(Object.keys(Job.properties)).toHaveLength(24);
    expect(Job.additionalProperties).toBe(false);
    expect(Object.keys(JobDetail.properties)).toEqual([
      ...Object.keys(Job.properties),
      "attempts",
      "events",
      "waitingReasons",
    ]);
    expect(Problem.required).toEqual(["type", "title", "status", "detail", "code"]);
    expect(FailureReport.properties.causes.items).toEqual({ $ref: "#/components/schemas/FailureReport" });
    for (const schema of Object.values(described.components.schemas))
      expect(schema).not.toHaveProperty("$schema");
  });
});

describe("the table of routes", () => {
  const whole = {
    method: "GET",
    path: "/things",
    tag: "t",
    name: "getThings",
    summary: "s",
    answers: {},
    permission: "open",
  } as const;
  const handle = async () => ({ status: 200, json: null });

  test("does not start with a route that declares no permission", () => {
    const bare = { ...whole, permission: undefined, handle } as unknown as Route;
    expect(() => new RouteTable([bare])).toThrow("GET /things declares no permission");
    const invented = { ...whole, permission: "things.read", handle } as unknown as Route;
    expect(() => new RouteTable([invented])).toThrow("declares no permission");
  });

  test("does not start with a parameter of no kind, or two routes for one call", () => {
    expect(() => new RouteTable([route({ ...whole, path: "/things/{id}", handle })])).toThrow("{id}");
    expect(() => new RouteTable([route({ ...whole, handle }), route({ ...whole, handle })])).toThrow(
      "two routes",
    );
  });

  test("every route of the program names a permission that exists, or is open", () => {
    const open = routes.filter((each) => each.permission === "open").map((each) => each.path);
    expect(open.toSorted()).toEqual(["/healthz", "/openapi.json", "/readyz"]);
    for (const each of routes) expect([...permissions, "open"]).toContain(each.permission);
  });

  test("prefers a fixed segment to a parameter, and refuses what cannot be one", () => {
    const table = new RouteTable(routes);
    expect([...(table.find("/api/v1/jobs/batch")?.methods.keys() ?? [])]).toEqual(["POST"]);
    expect(table.find("/api/v1/jobs/17")?.params).toEqual({ id: "17" });
    expect(table.find("/api/v1/jobs/seventeen")?.malformed).toEqual({ kind: "id", value: "seventeen" });
    expect(table.find("/api/v1/receipts/send-mail/a%2Fb%20c")?.params).toEqual({
      definition: "send-mail",
      key: "a/b c",
    });
    for (const path of [
      "/api/v1/jobs/",
      "/api/v1/jobs/%E0%A4%A",
      "/api/v1//jobs",
      "/api/v1/jobs/1/2/3/4",
      "/jobs",
    ])
      expect(table.find(path), path).toBeNull();
  });
});
