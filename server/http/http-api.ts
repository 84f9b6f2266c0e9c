import type { IncomingMessage, ServerResponse } from "node:http";
import { checkJson } from "#core/definition/check-json.ts";
import { SignalboxError } from "#core/error.ts";
import { validationError } from "#core/validation-error.ts";
import type { Pool } from "#db/client.ts";
import type { Engine } from "#server/operations/engine.ts";
import { monotonicMs } from "#server/system/clock.ts";
import { explainError } from "./answer/explain-error.ts";
import { sendAnswer, sendEmpty, sendProblem } from "./answer/send-answer.ts";
import { buildOpenapi } from "./openapi/build-openapi.ts";
import { authorise } from "./request/authorise.ts";
import { parseJson, replaceUnstorable } from "./request/parse-json.ts";
import { parseQuery } from "./request/parse-query.ts";
import { ClientGone, type DiscardLimits, discardBody, readBody } from "./request/read-body.ts";
import { apiBase, type Match, RouteTable } from "./request/route-table.ts";
import type { HttpContext, Method, Route } from "./route.ts";
import { allRoutes, openapiRoute } from "./routes/all-routes.ts";
import { AttemptTokens } from "./workers/attempt-tokens.ts";
import { ClaimDesk } from "./workers/claim-desk.ts";
import type { ReadyWatch } from "./workers/ready-watch.ts";

export interface HttpApiOptions {
  engine: Engine;
  /** For GET /jobs and GET /jobs/{id}: a pool with a short statement timeout; default the engine's. */
  reads?: Pool;
  /** Hears when lanes get work, for claims that wait. */
  watch: ReadyWatch;
  /** Lease of HTTP workers, ms; default 15,000. */
  leaseMs?: number;
  /** Heartbeat HTTP workers are asked for, ms; default 5,000. */
  heartbeatMs?: number;
  /** Whether /metrics needs no token: only when the server is bound to loopback. Default false. */
  metricsOpen?: boolean;
  /** Longest time for a body to arrive, ms; default 30,000. */
  bodyTimeoutMs?: number;
}

/** Answers a request and says so; false, and nothing done, for a path that is not the API's. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const defaultMaxBodyBytes = 1_048_576;
/** Before the answer: keeps the connection of a client that made an ordinary mistake. */
const shortDiscard: DiscardLimits = { maxBytes: 2_097_152, maxMs: 250 };
/** After the answer: for a client that sends on before it reads. */
const longDiscard: DiscardLimits = { maxBytes: 33_554_432, maxMs: 1_000 };

/**
 * The HTTP API of docs/api.md for a plain node:http server: everything under /api/v1, /healthz, /readyz and /metrics.
 * Throws at once when a route of the table is not whole, as one without a declared permission.
 */
export function createHttpApi(options: HttpApiOptions): HttpHandler {
  const {
    engine,
    leaseMs = 15_000,
    heartbeatMs = 5_000,
    metricsOpen = false,
    bodyTimeoutMs = 30_000,
  } = options;
  const described = buildOpenapi([...allRoutes, openapiRoute(() => null)]);
  const table = new RouteTable([...allRoutes, openapiRoute(() => described)]);
  const tokens = new AttemptTokens(engine.pool);
  const context: HttpContext = {
    engine,
    leaseMs,
    heartbeatMs,
    reads: options.reads ?? engine.pool,
    tokens,
    claims: new ClaimDesk(engine, options.watch, tokens, leaseMs),
  };
  const settings = { metricsOpen, bodyTimeoutMs };

  return async (request, response) => {
    const [path = "", search = ""] = splitUrl(request.url ?? "/");
    const match = table.find(path);
    if (match === null && path !== apiBase && !path.startsWith(`${apiBase}/`)) return false;
    const startedMs = monotonicMs();
    const facts: Record<string, unknown> = { method: request.method };
    try {
      await answer(request, response, { match, search, context, settings, facts });
    } catch (error) {
      await refuse(request, response, error, engine, facts);
    }
    const durationMs = Math.round((monotonicMs() - startedMs) * 10) / 10;
    engine.log.debug({ ...facts, status: response.statusCode, durationMs }, "request");
    return true;
  };
}

interface Work {
  match: Match | null;
  search: string;
  context: HttpContext;
  settings: { metricsOpen: boolean; bodyTimeoutMs: number };
  /** What the log line will say. */
  facts: Record<string, unknown>;
}

async function answer(request: IncomingMessage, response: ServerResponse, work: Work): Promise<void> {
  const { match, context, facts } = work;
  if (match === null)
    throw new SignalboxError(
      "not_found",
      `there is nothing at this path: ${apiBase}/openapi.json lists what there is`,
    );
  const method = request.method ?? "GET";
  const allow = allowed(match);
  if (method === "OPTIONS") return sendEmpty(response, 204, { allow });
  const route = match.methods.get((method === "HEAD" ? "GET" : method) as Method);
  if (route === undefined) throw new MethodNotAllowed(method, allow);
  facts.route = route.path;
  const isOpen =
    route.permission === "open" || (route.permission === "metrics.read" && work.settings.metricsOpen);
  const holder =
    isOpen || route.permission === "open"
      ? null
      : await authorise(context.engine.pool, request, route.permission);
  if (holder !== null) facts.caller = holder.id;
  if (match.malformed !== null) throw malformed(match.malformed);
  const query = parseQuery(work.search, route.query);
  const body =
    route.body === undefined ? undefined : await takeBody(request, route, work.settings.bodyTimeoutMs);
  const actor = holder === null ? "anonymous" : `token:${holder.name}`;
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const given = await route.handle({
    context,
    params: match.params,
    body,
    query,
    actor,
    signal: gone.signal,
  });
  sendAnswer(response, given, { bodiless: method === "HEAD" });
}

async function takeBody(request: IncomingMessage, route: Route, timeoutMs: number): Promise<unknown> {
  const bytes = await readBody(request, { maxBytes: route.maxBodyBytes ?? defaultMaxBodyBytes, timeoutMs });
  if (bytes.length === 0 && route.bodyOptional) return route.body?.parse({});
  const json = parseJson(bytes);
  const { texts = "refuse" } = route;
  checkJson(json, { texts: texts === "refuse" });
  const clean = texts === "replace" ? replaceUnstorable(json) : json;
  if (route.bodyUnchecked) return clean;
  const parsed = route.body?.safeParse(clean);
  if (parsed === undefined || parsed.success) return parsed?.data;
  throw validationError(parsed.error, "the body");
}

async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  engine: Engine,
  facts: Record<string, unknown>,
): Promise<void> {
  if (error instanceof ClientGone) {
    facts.gone = true;
    response.destroy();
    return;
  }
  const { refusal, errorId } = explainError(error, engine.log);
  facts.code = refusal.code;
  const whole = await discardBody(request, shortDiscard);
  const headers = error instanceof MethodNotAllowed ? { allow: error.allow } : undefined;
  const closeAfter = whole ? undefined : () => discardBody(request, longDiscard);
  sendProblem(response, refusal, { headers, errorId, closeAfter, bodiless: request.method === "HEAD" });
}

class MethodNotAllowed extends SignalboxError {
  readonly allow: string;

  constructor(method: string, allow: string) {
    super("method_not_allowed", `${method.slice(0, 20)} is not a method of this path: it has ${allow}`);
    this.allow = allow;
  }
}

function allowed({ methods }: Match): string {
  const names: string[] = [...methods.keys()];
  if (names.includes("GET")) names.push("HEAD");
  return [...names, "OPTIONS"].join(", ");
}

function malformed({ kind, value }: NonNullable<Match["malformed"]>): SignalboxError {
  const shown = JSON.stringify(value.slice(0, 60).replaceAll("\u0000", "\uFFFD").toWellFormed());
  const rule = {
    id: "ids are positive numbers of at most 19 digits",
    name: "names are 1 to 100 of a-z, 0-9, dot, underscore and hyphen, and begin with a letter or digit",
    attempt: "attempts are numbered from 1",
    key: "keys have 1 to 200 characters",
  }[kind];
  return new SignalboxError("not_found", `there is nothing called ${shown} here: ${rule}`);
}

function splitUrl(url: string): [string, string] {
  const [beforeFragment = ""] = url.split("#", 1);
  const mark = beforeFragment.indexOf("?");
  return mark === -1 ? [beforeFragment, ""] : [beforeFragment.slice(0, mark), beforeFragment.slice(mark + 1)];
}
