import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "#core/random.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { serveApi } from "./testing/serve-api.ts";

const { call, logged } = await serveApi();
const asWorker = { as: "worker" } as const;
let jobId = "";
let workerId = "";
let token = "";

beforeAll(async () => {
  await call("PUT", "/definitions/target", { queue: "q", inputSchema: true });
  ({ workerId } = (
    await call("POST", "/workers", { definitions: ["target"], concurrency: 5, host: "h" }, asWorker)
  ).body);
  jobId = (await call("POST", "/jobs", { definition: "target", payload: 1 })).body.job.id;
  ({ token } = (await call("POST", `/workers/${workerId}/claim`, { max: 1 }, asWorker)).body.jobs[0]);
});

const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const texts = [
  "",
  "\u0000",
  "\ud800",
  "x".repeat(300),
  "__proto__",
  "constructor",
  "../..",
  "'; drop table jobs; --",
  "{{7*7}}",
  "\u202e",
  "null",
  "1e999",
];
const odd: unknown[] = [
  ...texts,
  null,
  true,
  -1,
  0,
  1.5,
  1e21,
  Number.MAX_SAFE_INTEGER + 2,
  -0,
  [],
  {},
  [[]],
  { a: { b: null } },
  [1, "a", null],
];

const report = {
  name: "E",
  message: "m",
  code: 1,
  stack: "s",
  httpStatus: 500,
  dependency: "d",
  retryAfterMs: 5,
};
const job = { definition: "target", payload: { a: [1] }, priority: "high", tags: ["a"], correlationId: "c" };
const law = { kind: "exponential", baseMs: 1, factor: 2, capMs: 5 };

/** A body that each call would take. */
function goodBody(name: string): unknown {
  const bodies: Record<string, unknown> = {
    submitJob: { ...job, runAt: "2100-01-01T00:00:00Z", idempotencyKey: "k" },
    submitJobs: { jobs: [job, job] },
    cancelJob: { reason: "r" },
    retryJob: { reason: "r", payload: 1 },
    registerWorker: { pool: "default", definitions: ["target"], concurrency: 1, host: "h", version: "v" },
    claimJobs: { max: 1, waitMs: 0 },
    heartbeat: { running: [{ id: jobId, attempt: 1, token, progress: { a: 1 } }], saturation: 0.5 },
    completeAttempt: { token, output: { a: 1 } },
    failAttempt: { token, error: { ...report, causes: [{ ...report, causes: [report] }] } },
    releaseAttempt: { token },
    saveCheckpoint: { token, data: { a: 1 }, schemaVersion: 1, artifacts: ["b"] },
    putDefinition: {
      queue: "q",
      inputSchema: { type: "object" },
      outputSchema: true,
      timeouts: { attemptMs: 100 },
      owner: "me",
    },
    patchQueue: { paused: true, maxRunning: 3, pool: "p", reason: "r" },
    simulatePolicy: {
      policy: { name: "default" },
      attempts: 3,
      seed: 1,
      failureClass: "timeout",
      priority: "low",
    },
    putPolicy: { law, jitter: "full", maxAttempts: 3, perClass: { bug: { retry: true } } },
    putRules: {
      rules: [{ match: { messagePattern: "a+" }, class: "bug", origin: "code", remediation: "r" }],
    },
    classifyError: { error: report, dependency: "d", definition: "target" },
  };
  return bodies[name];
}

/** A good body with some of its parts replaced by something odd. */
function mutant(name: string, seed: number): unknown {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const mutate = (value: unknown, isRoot: boolean): unknown => {
    if (random() < (isRoot ? 0.03 : 0.12)) return pick(odd);
    if (Array.isArray(value)) return value.map((each) => mutate(each, false));
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([key, member]) => [
      random() < 0.03 ? pick(texts) : key,
      mutate(member, false),
    ]);
    if (random() < 0.05) members.push(["__proto__", { polluted: true }]);
    return Object.fromEntries(members);
  };
  return mutate(goodBody(name), true);
}

const paths = allRoutes
  .filter((route) => route.body)
  .map((route) => ({
    route,
    path: () =>
      route.path
        .replace("{id}", route.path.startsWith("/workers") ? workerId : jobId)
        .replace("{name}", "target")
        .replace("{number}", "1"),
  }));

describe("hostile bodies", () => {
  test("400 odd bodies, each on the call it was made for, are answered, none with 500", async () => {
    const statuses: number[] = [];
    const at = fc.integer({ min: 0, max: paths.length - 1 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), at, async (seed, index) => {
        const { route, path } = paths[index] as (typeof paths)[number];
        const body = JSON.stringify(mutant(route.name, seed));
        const reply = await call(route.method, path(), body);
        expect(reply.status, `${route.method} ${route.path} ${body}`).toBeLessThan(500);
        statuses.push(reply.status);
      }),
      { numRuns: 400 },
    );
    expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(60);
    expect(statuses.filter((status) => status === 422).length).toBeGreaterThan(100);
    expect(logged.filter((line) => line.level === "error")).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  }, 60_000);

  test.each<[string, string]>([
    ["half a million open brackets", deep("[", "]", 400_000)],
    ["half a million open braces", deep('{"a":', "}", 150_000).replace(":}", ":1}")],
    ["causes without end", `{"token":"t","error":${deep('{"name":"E","causes":[', "]}", 20_000)}}`],
    [
      "__proto__ as a key",
      '{"definition":"target","payload":{"__proto__":{"polluted":true}},"__proto__":{"x":1}}',
    ],
    ["a number beyond all", '{"definition":"target","payload":1e400}'],
    ["a byte order mark and blanks", "\ufeff   \n"],
    ["a lone quote", '"'],
    ["duplicate keys", '{"definition":"a","definition":{"b":1},"payload":1}'],
  ])("%s is refused on every call, and the server lives", async (_name, body) => {
    for (const { route, path } of paths) {
      const reply = await call(route.method, path(), body);
      expect([400, 404, 409, 413, 422], `${route.method} ${route.path}`).toContain(reply.status);
      expect(reply.body.detail.length).toBeLessThan(20_000);
    }
    expect((await call("GET", "/healthz")).status).toBe(200);
  });

  test("__proto__ inside a payload is kept as data", async () => {
    const reply = await call(
      "POST",
      "/jobs",
      '{"definition":"target","payload":{"__proto__":{"polluted":true}}}',
    );
    expect(reply.status).toBe(201);
    expect(JSON.stringify(reply.body.job.payload)).toBe('{"__proto__":{"polluted":true}}');
  });

  test("odd paths and queries are answered, none with 500", async () => {
    const pieces = [
      "%00",
      "%ff",
      "a%2fb",
      "..",
      "%2e%2e",
      "'",
      "1;2",
      "\u00e9",
      "*",
      "a".repeat(3_000),
      "%ED%A0%80",
      "9".repeat(40),
    ];
    for (const piece of pieces)
      for (const path of [
        `/jobs/${piece}`,
        `/queues/${piece}`,
        `/receipts/target/${piece}`,
        `/jobs/1/attempts/${piece}/fail`,
        `/jobs?q=${piece}`,
        `/jobs?tag=${piece}`,
        `/jobs?cursor=${piece}`,
        `/jobs?${piece}=1`,
        `/policies/default?version=${piece}`,
      ]) {
        const reply = await call("GET", path);
        expect(reply.status, path).toBeLessThan(500);
      }
    expect(logged.filter((line) => line.level === "error")).toEqual([]);
  });
});
