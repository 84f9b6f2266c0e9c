import { describe, expect, test } from "vitest";
import { scopeAllows, type TokenScope, tokenScopes } from "#core/access/scope.ts";
import { createToken } from "#server/operations/tokens/create-token.ts";
import { revokeToken } from "#server/operations/tokens/revoke-token.ts";
import { verifyToken } from "#server/operations/tokens/verify-token.ts";
import { listTokens } from "#server/store/tokens/list-tokens.ts";
import type { Route } from "./route.ts";
import { allRoutes, openapiRoute } from "./routes/all-routes.ts";
import { serveApi } from "./testing/serve-api.ts";

const { call, database, engine, origin, tokens, logged } = await serveApi();
const routes = [...allRoutes, openapiRoute(() => null)];
const callers: (TokenScope | null)[] = [...tokenScopes, null];

function pathOf(route: Route): string {
  const values = { id: "1", name: "nobody", number: "1", definition: "nobody", key: "k" } as Record<
    string,
    string
  >;
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] as string);
}

const body = (route: Route) => (route.body ? "{" : undefined);

describe("every route for every caller", () => {
  const cases = routes.flatMap((route) =>
    callers.map((as) => [route.method, route.path, as ?? "nobody", route, as] as const),
  );

  test.each(cases)("%s %s by %s", async (_method, _path, _name, route, as) => {
    const reply = await call(route.method, pathOf(route), body(route), { as });
    if (route.permission === "open") expect(reply.status).toBe(200);
    else if (as === null) {
      expect(reply).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
      expect(reply.headers.get("www-authenticate")).toContain("Bearer");
    } else if (scopeAllows(as, route.permission)) expect([200, 400, 404]).toContain(reply.status);
    else expect(reply).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  test("the scopes are those of the interface", () => {
    const may = (scope: TokenScope) =>
      routes
        .filter(({ permission }) => permission !== "open" && scopeAllows(scope, permission))
        .map((each) => each.name);
    expect(may("producer").toSorted()).toEqual([
      "getJob",
      "getReceipt",
      "listJobs",
      "submitJob",
      "submitJobs",
    ]);
    expect(may("worker").toSorted()).toEqual([
      "claimJobs",
      "completeAttempt",
      "failAttempt",
      "giveUpWorker",
      "heartbeat",
      "keepLogs",
      "listWorkers",
      "putDefinition",
      "registerWorker",
      "releaseAttempt",
      "saveCheckpoint",
    ]);
    expect(may("operator")).toHaveLength(routes.filter((each) => each.permission !== "open").length);
  });
});

describe("tokens", () => {
  test.each([
    "",
    "Bearer",
    "Bearer ",
    "Basic abc",
    "Bearer nonsense",
    `Bearer sbx_operator_${"A".repeat(43)}`,
    "Bearer a b",
    `Bearer ${"x".repeat(500)}`,
  ])("an authorization of %j is 401", async (authorization) => {
    const reply = await call("GET", "/queues", undefined, { as: null, headers: { authorization } });
    expect(reply).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  });

  test("revoking acts on the next call, and cannot be undone by doing it again", async () => {
    const { id, token } = await createToken(engine, {
      name: "short-lived",
      scope: "operator",
      actor: "test",
    });
    const headers = { authorization: `Bearer ${token}` };
    expect((await call("GET", "/queues", undefined, { as: null, headers })).status).toBe(200);
    await revokeToken(engine, { id, actor: "test" });
    expect((await call("GET", "/queues", undefined, { as: null, headers })).status).toBe(401);
    await revokeToken(engine, { id, actor: "test" });
    await expect(revokeToken(engine, { id: "tok_none", actor: "test" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("only the hash is kept, with a prefix to know it by and the minute it was last used", async () => {
    const { id, token } = await createToken(engine, { name: "kept", scope: "worker", actor: "ann" });
    expect(token).toMatch(/^sbx_worker_[A-Za-z0-9_-]{43}$/);
    expect(await verifyToken(database.pool, token)).toEqual({ id, name: "kept", scope: "worker" });
    const { rows } = await database.pool.query(
      "select t::text as row, length(hash) as bytes, last_used_at from signalbox.tokens t where id = $1",
      [id],
    );
    expect(rows[0].row).not.toContain(token.slice(20));
    expect(rows[0]).toMatchObject({ bytes: 32, last_used_at: expect.any(Date) });
    const shown = (await listTokens(database.pool)).find((each) => each.id === id);
    expect(shown).toMatchObject({
      name: "kept",
      scope: "worker",
      createdBy: "ann",
      revokedAt: null,
      prefix: token.slice(0, 17),
    });
    const { rows: trail } = await database.pool.query(
      "select actor, after::text from signalbox.audit_entries where object_id = $1",
      [id],
    );
    expect(trail).toMatchObject([{ actor: "ann" }]);
    expect(trail[0].after).not.toContain(token.slice(20));
  });

  test.each([
    { name: "", scope: "worker" },
    { name: "x", scope: "admin" },
    { name: "a\u0000", scope: "worker" },
  ])("are not made of %j", async (request) => {
    await expect(createToken(engine, { ...request, actor: "test" })).rejects.toMatchObject({
      code: "validation",
    });
  });

  test("no token and no payload is ever logged", async () => {
    await call("POST", "/jobs", { definition: "nobody", payload: { secret: "hush-hush" } });
    await fetch(`${origin}/api/v1/jobs?q=private-words`, {
      headers: { authorization: `Bearer ${tokens.operator}` },
    });
    const lines = JSON.stringify(logged);
    expect(lines).toContain('"route":"/jobs"');
    for (const secret of [...Object.values(tokens), "hush-hush", "private-words"])
      expect(lines).not.toContain(secret);
  });
});
