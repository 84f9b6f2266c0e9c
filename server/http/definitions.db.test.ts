import { describe, expect, test } from "vitest";
import { serveApi } from "./testing/serve-api.ts";

const { call, database } = await serveApi();
const definition = { queue: "billing", inputSchema: { type: "object" } };

describe("definitions", () => {
  test("PUT makes a version, the same again none, a change the next; GET shows each", async () => {
    const first = await call("PUT", "/definitions/send-mail", definition, { as: "worker" });
    expect(first).toMatchObject({
      status: 201,
      body: { name: "send-mail", version: 1, definition: { queue: "billing", priority: "normal" } },
    });
    expect(await call("PUT", "/definitions/send-mail", { ...definition, priority: "normal" })).toMatchObject({
      status: 200,
      body: { version: 1 },
    });
    expect(await call("PUT", "/definitions/send-mail", { ...definition, priority: "low" })).toMatchObject({
      status: 201,
      body: { version: 2 },
    });
    const shown = await call("GET", "/definitions/send-mail");
    expect(shown.body.definition).toMatchObject({
      name: "send-mail",
      version: 2,
      latestVersion: 2,
      priority: "low",
      target: { kind: "worker" },
    });
    expect((await call("GET", "/definitions/send-mail?version=1")).body.definition).toMatchObject({
      version: 1,
      latestVersion: 2,
      priority: "normal",
    });
    expect(await call("GET", "/definitions/send-mail?version=3")).toMatchObject({ status: 404 });
    expect(await call("GET", "/definitions/nobody")).toMatchObject({
      status: 404,
      body: { code: "unknown_definition" },
    });
  });

  test("a stale expectedVersion is 409 and writes nothing", async () => {
    expect(await call("PUT", "/definitions/guarded", { ...definition, expectedVersion: 1 })).toMatchObject({
      status: 409,
      body: { code: "version_conflict" },
    });
    expect(await call("PUT", "/definitions/guarded", { ...definition, expectedVersion: 0 })).toMatchObject({
      status: 201,
    });
    expect(
      await call("PUT", "/definitions/guarded", { ...definition, queue: "x", expectedVersion: 0 }),
    ).toMatchObject({ status: 409 });
    expect(await call("PUT", "/definitions/guarded", { ...definition, expectedVersion: 1 })).toMatchObject({
      status: 200,
      body: { version: 1 },
    });
  });

  test("32 processes that write the same definition together make one version", async () => {
    const puts = await Promise.all(
      Array.from({ length: 32 }, () =>
        call("PUT", "/definitions/together", { ...definition, queue: "fresh" }),
      ),
    );
    expect(puts.map((put) => put.status).toSorted()).toEqual([...Array(31).fill(200), 201]);
    expect(new Set(puts.map((put) => put.body.version))).toEqual(new Set([1]));
  });

  test.each<[string, object, string]>([
    ["a schema that does not compile", { inputSchema: { type: "text" } }, "/inputSchema"],
    [
      "a schema that refers elsewhere",
      { inputSchema: { $ref: "https://example.com/s.json" } },
      "/inputSchema",
    ],
    ["an asynchronous schema", { outputSchema: { $async: true } }, "/outputSchema"],
    ["an unknown policy", { retryPolicy: "nobody" }, "/retryPolicy"],
    ["a limit out of range", { timeouts: { attemptMs: 1 } }, "/timeouts/attemptMs"],
    ["a password in a URL", { target: { kind: "http", url: "https://a:b@example.com/" } }, "/target/url"],
    ["an unknown key", { retries: 3 }, "/retries"],
    ["a queue name that is none", { queue: "Big Queue" }, "/queue"],
    ["text that cannot be kept", { description: "a\u0000b" }, "/description"],
    [
      "a URL that cannot be kept",
      { target: { kind: "http", url: "https://example.com/\u0000" } },
      "/target/url",
    ],
  ])("refuses %s", async (_name, change, path) => {
    const reply = await call("PUT", "/definitions/refused", { ...definition, ...change });
    expect(reply).toMatchObject({ status: 422, body: { code: "validation", errors: [{ path }] } });
    expect((await call("GET", "/definitions/refused")).status).toBe(404);
  });

  test("a name that cannot be one is 404, and says the rule", async () => {
    const reply = await call("PUT", "/definitions/Send%20Mail", definition);
    expect(reply).toMatchObject({ status: 404, body: { detail: expect.stringContaining("names are") } });
  });

  test("lists by name in pages", async () => {
    const first = await call("GET", "/definitions?limit=2");
    expect(first.body.definitions.map((each: { name: string }) => each.name)).toEqual([
      "guarded",
      "send-mail",
    ]);
    const second = await call("GET", `/definitions?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ definitions: [{ name: "together" }], nextCursor: null });
    expect(await call("GET", "/definitions?cursor=WzFd")).toMatchObject({
      status: 400,
      body: { code: "bad_cursor" },
    });
  });

  test("every write leaves a line in the audit trail", async () => {
    const { rows } = await database.pool.query(
      "select actor, object_id, after->>'version' as version from signalbox.audit_entries where action = 'definition.put' order by id",
    );
    expect(rows.slice(0, 2)).toEqual([
      { actor: "token:worker", object_id: "send-mail", version: "1" },
      { actor: "token:operator", object_id: "send-mail", version: "2" },
    ]);
  });
});

describe("queues", () => {
  test("come to be with a definition, can be paused, capped and moved, and null clears a limit", async () => {
    await call("PUT", "/definitions/queued", { ...definition, queue: "q1" });
    const fresh = {
      name: "q1",
      paused: false,
      pausedUntil: null,
      drainingSince: null,
      maxRunning: null,
      maxRunningPerKey: null,
      fair: false,
      keyWeights: {},
      rateLimit: null,
      thresholds: null,
      pool: "default",
    };
    expect((await call("GET", "/queues/q1")).body).toEqual({ queue: fresh });
    const patched = await call("PATCH", "/queues/q1", {
      paused: true,
      maxRunning: 5,
      rateLimit: { count: 100, perMs: 60_000 },
      pool: "gpu",
      reason: "maintenance",
    });
    expect(patched).toMatchObject({
      status: 200,
      body: {
        queue: {
          ...fresh,
          paused: true,
          maxRunning: 5,
          rateLimit: { count: 100, perMs: 60_000 },
          pool: "gpu",
        },
      },
    });
    expect(
      (await call("PATCH", "/queues/q1", { maxRunning: null, rateLimit: null })).body.queue,
    ).toMatchObject({ paused: true, maxRunning: null, rateLimit: null });
    expect((await call("GET", "/queues")).body.queues.map((queue: { name: string }) => queue.name)).toContain(
      "q1",
    );
    expect(await call("GET", "/queues/nobody")).toMatchObject({ status: 404 });
    expect(await call("PATCH", "/queues/nobody", { paused: true })).toMatchObject({ status: 404 });
    const { rows } = await database.pool.query(
      "select reason, before, after from signalbox.audit_entries where action = 'queue.patch' order by id limit 1",
    );
    expect(rows[0]).toEqual({
      reason: "maintenance",
      before: {
        paused: false,
        pausedUntil: null,
        drainingSince: null,
        maxRunning: null,
        maxRunningPerKey: null,
        fair: false,
        rateLimit: null,
        thresholds: null,
        pool: "default",
      },
      after: expect.objectContaining({
        paused: true,
        maxRunning: 5,
        rateLimit: { count: 100, perMs: 60_000 },
        pool: "gpu",
      }),
    });
  });

  test("a job of a paused queue is held, and available again when it is resumed", async () => {
    await call("PUT", "/definitions/pausable", { ...definition, queue: "q2" });
    const { id } = (await call("POST", "/jobs", { definition: "pausable", payload: {} })).body.job;
    await call("PATCH", "/queues/q2", { paused: true });
    expect((await call("GET", `/jobs/${id}`)).body.job).toMatchObject({
      state: "held",
      waitingReasons: [{ kind: "queue-paused", binding: true }, {}],
    });
    await call("PATCH", "/queues/q2", { paused: false });
    expect((await call("GET", `/jobs/${id}`)).body.job.state).toBe("available");
  });

  test.each<[object, string, string]>([
    [{ maxRunning: -1 }, "validation", "/maxRunning"],
    [{ maxRunning: 1.5 }, "validation", "/maxRunning"],
    [{ paused: "yes" }, "validation", "/paused"],
    [{ color: 1 }, "validation", "/color"],
    [{ rateLimit: { count: 0, perMs: 1000 } }, "validation", "/rateLimit/count"],
    [{ rateLimit: { count: 1, perMs: 86_400_001 } }, "validation", "/rateLimit/perMs"],
    [{ pausedUntil: "2001-01-01T00:00:00Z" }, "validation", "/pausedUntil"],
    [{ maxRunningPerKey: 0 }, "validation", "/maxRunningPerKey"],
    [{ maxRunning: 2, maxRunningPerKey: 3 }, "validation", "/maxRunningPerKey"],
    [{ fair: 1 }, "validation", "/fair"],
    [{ keyWeights: { gold: 0 } }, "validation", "/keyWeights/gold"],
    [{ keyWeights: { gold: 101 } }, "validation", "/keyWeights/gold"],
    [{ keyWeights: [1] }, "validation", "/keyWeights"],
    [{ keyWeights: { "": 2 } }, "validation", "/keyWeights/"],
    [{ thresholds: {} }, "validation", "/thresholds"],
    [{ thresholds: { maxDepth: 0 } }, "validation", "/thresholds/maxDepth"],
    [{ thresholds: { maxOldestMs: -1 } }, "validation", "/thresholds/maxOldestMs"],
  ])("refuses %j", async (body, code, path) => {
    expect(await call("PATCH", "/queues/q1", body)).toMatchObject({
      status: 422,
      body: { code, errors: [{ path }] },
    });
  });
});

describe("an input schema that may refuse what the newest version accepts", () => {
  const wide = { queue: "billing", inputSchema: { type: "object" } };
  const narrow = { ...wide, inputSchema: { type: "object", required: ["order"] } };

  test("is refused with the places and writes nothing, unless forced", async () => {
    await call("PUT", "/definitions/narrowed", wide);
    expect(await call("PUT", "/definitions/narrowed", narrow, { as: "worker" })).toMatchObject({
      status: 409,
      body: {
        code: "conflict",
        detail: expect.stringContaining("force"),
        errors: [{ path: "/inputSchema/order", message: "is now required" }],
      },
    });
    expect((await call("GET", "/definitions/narrowed")).body.definition).toMatchObject({
      version: 1,
      ...wide,
    });
    expect(await call("PUT", "/definitions/narrowed", { ...narrow, force: true })).toMatchObject({
      status: 201,
      body: { version: 2, definition: narrow },
    });
    expect((await call("GET", "/definitions/narrowed")).body.definition).not.toHaveProperty("force");
  });

  test("is not looked at when it is the first, the same or wider", async () => {
    expect(await call("PUT", "/definitions/first-narrow", narrow)).toMatchObject({ status: 201 });
    expect(await call("PUT", "/definitions/first-narrow", narrow)).toMatchObject({ status: 200 });
    expect(await call("PUT", "/definitions/first-narrow", wide)).toMatchObject({ status: 201 });
  });

  test("is not forced by anything but true", async () => {
    expect(await call("PUT", "/definitions/forced-so", { ...narrow, force: "yes" })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "/force" }] },
    });
  });
});
