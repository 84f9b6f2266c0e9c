import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import { type TokenScope, tokenScopes } from "#core/access/scope.ts";
import { type TestDatabase, testDatabase } from "#db/testing/test-database.ts";
import { type Engine, openEngine } from "#server/operations/engine.ts";
import { createToken } from "#server/operations/tokens/create-token.ts";
import type { Log } from "#server/system/log.ts";
import { createHttpApi, type HttpApiOptions } from "../http-api.ts";
import { ReadyWatch } from "../workers/ready-watch.ts";

/** An answer of the API, its body parsed. */
export interface Reply {
  status: number;
  headers: Headers;
  body: ReturnType<typeof JSON.parse>;
}

export interface ServedApi {
  database: TestDatabase;
  engine: Engine;
  origin: string;
  tokens: Record<TokenScope, string>;
  /** Lines the log was given. */
  logged: { level: string; facts: Record<string, unknown>; message: string }[];
  /** Call as an operator, or with `as` as another; a body that is text goes out as it is. */
  call: (
    method: string,
    path: string,
    body?: unknown,
    options?: { as?: TokenScope | null; headers?: Record<string, string> },
  ) => Promise<Reply>;
}

/** The API over real HTTP on a database of this test file's own. Call at the top of a `.db.test.ts` and await it. */
export async function serveApi(options: Partial<HttpApiOptions> = {}): Promise<ServedApi> {
  const database = await testDatabase();
  const logged: ServedApi["logged"] = [];
  const log = recordingLog(logged);
  const engine = await openEngine({ connectionString: database.url, applicationName: "test", log });
  const watch = new ReadyWatch({ connectionString: database.url });
  await watch.start();
  const handle = createHttpApi({ engine, watch, ...options });
  const server = createServer((request, response) => {
    void handle(request, response).then((handled) => {
      if (!handled) response.writeHead(418).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made = await Promise.all(
    tokenScopes.map((scope) => createToken(engine, { name: scope, scope, actor: "test" })),
  );
  const tokens = Object.fromEntries(made.map(({ scope, token }) => [scope, token])) as Record<
    TokenScope,
    string
  >;
  afterAll(async () => {
    await watch.close();
    await close(server);
    await engine.close();
  });
  const call: ServedApi["call"] = async (method, path, body, { as = "operator", headers = {} } = {}) => {
    const authorization: Record<string, string> =
      as === null ? {} : { authorization: `Bearer ${tokens[as]}` };
    const url = origin + (path.startsWith("/api") || outside.has(path) ? path : `/api/v1${path}`);
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(url, { method, body: text, headers: { ...authorization, ...headers } });
    const answered = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json");
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && answered !== "" ? JSON.parse(answered) : answered,
    };
  };
  return { database, engine, origin, tokens, logged, call };
}

const outside = new Set(["/healthz", "/readyz", "/metrics"]);

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function recordingLog(lines: ServedApi["logged"]): Log {
  const at = (level: string) => (facts: object, message: string) =>
    void lines.push({ level, facts: facts as Record<string, unknown>, message });
  const log: Log = {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: () => log,
  };
  return log;
}
