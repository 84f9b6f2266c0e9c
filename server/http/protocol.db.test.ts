import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect, type Socket } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import type { Engine } from "#server/operations/engine.ts";
import { createHttpApi } from "./http-api.ts";
import { serveApi } from "./testing/serve-api.ts";
import { ReadyWatch } from "./workers/ready-watch.ts";

const api = await serveApi({ bodyTimeoutMs: 300 });
const { call, origin, tokens, engine, logged, database } = api;
const { port } = new URL(origin);

/** Send raw bytes and read until the server ends the connection. */
function raw(text: string, more?: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), "127.0.0.1", () => {
      socket.write(text);
      more?.(socket);
    });
    socket.setEncoding("utf8").on("data", (chunk) => {
      answer += chunk;
    });
    socket
      .on("close", () => resolve(answer))
      .on("error", (error: NodeJS.ErrnoException) => (answer === "" ? reject(error) : resolve(answer)));
  });
}

const head = (headers: string) =>
  `POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tokens.operator}\r\n${headers}\r\n\r\n`;

describe("paths and methods", () => {
  test("paths that are not the API's are left to others", async () => {
    for (const path of ["/", "/jobs", "/api", "/api/v2/jobs", "/healthz/x"])
      expect((await fetch(origin + path)).status, path).toBe(418);
  });

  test("unknown paths of the API are a 404 problem, those of later versions too", async () => {
    for (const path of [
      "/api/v1",
      "/api/v1/",
      "/api/v1/nothing",
      "/api/v1/jobs/1/attempts",
      "/api/v1/jobs/1/2",
      "/api/v1/%zz",
    ]) {
      const reply = await call("GET", path);
      expect(reply, path).toMatchObject({ status: 404, body: { code: "not_found" } });
      expect(reply.headers.get("content-type")).toContain("application/problem+json");
    }
    for (const path of ["/jobs/bulk/1", "/capacity/plan"])
      expect((await call("POST", path, {})).status, path).toBe(404);
  });

  test("a wrong method is 405 with Allow", async () => {
    const reply = await call("DELETE", "/jobs");
    expect(reply).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(reply.headers.get("allow")).toBe("POST, GET, HEAD, OPTIONS");
    expect((await call("GET", "/jobs/batch")).headers.get("allow")).toBe("POST, OPTIONS");
    expect((await call("POST", "/healthz")).status).toBe(405);
  });

  test("OPTIONS names the methods without a token; HEAD is GET without the body", async () => {
    const options = await call("OPTIONS", "/jobs", undefined, { as: null });
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")).toContain("POST");
    const [got, headed] = [await call("GET", "/queues"), await call("HEAD", "/queues")];
    expect(headed).toMatchObject({ status: 200, body: "" });
    expect(headed.headers.get("content-length")).toBe(got.headers.get("content-length"));
    expect(await call("HEAD", "/queues", undefined, { as: null })).toMatchObject({ status: 401, body: "" });
  });

  test("parameters a call does not take are 422", async () => {
    expect(await call("GET", "/jobs/1?verbose=1")).toMatchObject({
      status: 422,
      body: { errors: [{ path: "/verbose" }] },
    });
    expect(await call("GET", "/healthz")).toMatchObject({ status: 200, body: { status: "ok" } });
  });

  test("the description is open and whole", async () => {
    const reply = await call("GET", "/openapi.json", undefined, { as: null });
    expect(reply).toMatchObject({ status: 200, body: { openapi: "3.1.0", servers: [{ url: "/api/v1" }] } });
    expect(Object.keys(reply.body.paths)).toContain("/jobs/{id}/attempts/{number}/complete");
  });
});

describe("bodies", () => {
  test("one that says it is too long is refused before it is sent, and the connection ends", async () => {
    const answer = await raw(head("Content-Length: 99999999999"));
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer.toLowerCase()).toContain("connection: close");
    expect(answer).toContain('"code":"too_large"');
  });

  test("one that never ends is cut", async () => {
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    const answer = await raw(head("Transfer-Encoding: chunked"), (socket) => {
      const push = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on("drain", push);
      push();
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  test("one that does not arrive in time is 400, and the connection ends", async () => {
    const answer = await raw(head("Content-Length: 50"), (socket) => void socket.write('{"definition":'));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain("did not arrive within 0.3 s");
    expect(answer.toLowerCase()).toContain("connection: close");
  });

  test("bytes that are no UTF-8 are 400", async () => {
    const reply = await fetch(`${origin}/api/v1/jobs`, {
      method: "POST",
      headers: { authorization: `Bearer ${tokens.operator}` },
      body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
    });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({
      code: "bad_request",
      detail: expect.stringContaining("UTF-8"),
    });
  });

  test("a client that goes away while it sends, or while its claim waits, harms nobody", async () => {
    const socket = connect(Number(port), "127.0.0.1");
    await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
    socket.write(`${head("Content-Length: 50")}{`);
    socket.destroy();
    const { workerId } = (await call("POST", "/workers", { definitions: ["a"], concurrency: 1, host: "h" }))
      .body;
    const gone = new AbortController();
    const waiting = fetch(`${origin}/api/v1/workers/${workerId}/claim`, {
      method: "POST",
      body: JSON.stringify({ max: 1, waitMs: 30_000 }),
      headers: { authorization: `Bearer ${tokens.worker}` },
      signal: gone.signal,
    });
    gone.abort();
    await expect(waiting).rejects.toThrow();
    expect((await call("GET", "/healthz")).status).toBe(200);
  });
});

describe("health and metrics", () => {
  test("liveness and readiness need no token", async () => {
    for (const path of ["/healthz", "/readyz"])
      expect(await call("GET", path, undefined, { as: null })).toMatchObject({
        status: 200,
        body: { status: "ok" },
      });
  });

  test("metrics tell depths, rates and workers in Prometheus text", async () => {
    await call("PUT", "/definitions/counted", { queue: "counted", inputSchema: true });
    await call("POST", "/jobs", { definition: "counted", payload: 1 });
    const lane = [...engine.catalog.current.lanes.values()].find((each) => each.queue.name === "counted")?.id;
    const nowMs = engine.clock.nowMs();
    await database.pool.query(
      "insert into signalbox.depth_samples values ($1, $2, 2, 7, 0, 0, 0, 1, $1::bigint - 5000)",
      [nowMs, lane],
    );
    await database.pool.query(
      "insert into signalbox.metrics_1s values ($1, 1, $2, 2, 120, 60, 30, 0, 0, 0, '{\"timeout\": 6}', null, null)",
      [Math.floor(nowMs / 1000) * 1000 - 10_000, lane],
    );
    const reply = await call("GET", "/metrics");
    expect(reply.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(reply.body).toContain('signalbox_jobs{queue="counted",priority="normal",state="available"} 7');
    expect(reply.body).toContain('signalbox_oldest_due_seconds{queue="counted",priority="normal"} 5');
    expect(reply.body).toContain('signalbox_jobs_per_second{queue="counted",event="submitted"} 2');
    expect(reply.body).toContain('signalbox_failures_per_second{class="timeout"} 0.1');
    expect(reply.body).toMatch(/signalbox_workers\{pool="default",state="active"\} 1/);
  });
});

describe("when the database is away", () => {
  test("calls are 503 with Retry-After, unforeseen failures 500 with an id that only the log explains", async () => {
    const watch = new ReadyWatch({ connectionString: database.url });
    const failures: unknown[] = [
      Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:5432"), { code: "ECONNREFUSED" }),
      Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" }),
      Object.assign(new Error('relation "secret_table" does not exist'), { code: "42P01" }),
      "a thrown text",
    ];
    const broken: unknown[] = [];
    const query = async () => {
      throw broken[0];
    };
    const handle = createHttpApi({
      engine: { ...engine, pool: { query } as unknown as Engine["pool"] },
      watch,
    });
    const server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    afterAll(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/queues`;
    const statuses: number[] = [];
    for (const failure of failures) {
      broken[0] = failure;
      const reply = await fetch(url, { headers: { authorization: `Bearer ${tokens.operator}` } });
      const problem = await reply.json();
      statuses.push(reply.status);
      expect(JSON.stringify(problem)).not.toMatch(/secret_table|10\.0\.0\.1|canceling|a thrown text/);
      if (reply.status === 503) expect(reply.headers.get("retry-after")).toBe("1");
      else {
        expect(problem).toMatchObject({ code: "internal", errorId: expect.any(String) });
        expect(logged.filter((line) => line.level === "error").at(-1)?.facts.errorId).toBe(problem.errorId);
      }
    }
    expect(statuses).toEqual([503, 503, 500, 500]);
  });
});

describe("metrics on another address", () => {
  test("need an operator's token unless the server is bound to loopback", async () => {
    expect((await call("GET", "/metrics", undefined, { as: null })).status).toBe(401);
    const handle = createHttpApi({
      engine,
      watch: new ReadyWatch({ connectionString: database.url }),
      metricsOpen: true,
    });
    const server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    afterAll(() => server.close());
    expect((await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`)).status).toBe(
      200,
    );
  });
});
