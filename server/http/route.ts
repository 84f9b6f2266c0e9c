import type { z } from "zod";
import type { Permission } from "#core/access/scope.ts";
import type { Pool } from "#db/client.ts";
import type { Engine } from "#server/operations/engine.ts";
import type { AttemptTokens } from "./workers/attempt-tokens.ts";
import type { ClaimDesk } from "./workers/claim-desk.ts";

/** What every handler has at hand: made once by {@link ./http-api.ts}. */
export interface HttpContext {
  engine: Engine;
  /** For lists, with a short statement timeout: no filter holds the database up. */
  reads: Pool;
  /** How long the lease of an HTTP worker holds, ms. */
  leaseMs: number;
  /** How often an HTTP worker is asked to send a heartbeat, ms. */
  heartbeatMs: number;
  claims: ClaimDesk;
  tokens: AttemptTokens;
}

/** One authorised call with its input checked. */
export interface Call<Body, Query> {
  context: HttpContext;
  /** From the path, each well formed for its kind. */
  params: Readonly<Record<string, string>>;
  body: Body;
  query: Query;
  /** Who calls, as it is written into events and the audit trail. */
  actor: string;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
}

/** What a handler answers with: JSON, or text of another type. */
export type Answer =
  | { status: number; json: unknown; headers?: Record<string, string> }
  | { status: number; text: string; contentType: string };

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * What a path parameter holds; text that cannot be one is 404. `id` is a positive 63-bit number, `name` a name of
 * core/definition/name.ts, `attempt` a positive number, `key` any text of 1…200 characters.
 */
export type ParamKind = "id" | "name" | "attempt" | "key";

interface RouteText {
  method: Method;
  /** As in OpenAPI: `/jobs/{id}`; under /api/v1 unless `outside`. */
  path: string;
  outside?: true;
  params?: Record<string, ParamKind>;
  /** `open` needs no token; `metrics.read` none either where the server says so. */
  permission: Permission | "open";
  /** A verb and a noun, in lower camel case: the name of the call in OpenAPI. */
  name: string;
  tag: string;
  summary: string;
  description?: string;
  /** What each good status answers with, by its schema; a text answer has none. */
  answers: Record<number, { description: string; schema?: z.ZodType; contentType?: string }>;
  /** Error statuses beside those that every call can give. */
  refusals?: number[];
  /** Most bytes of the body; default 1 MiB. */
  maxBodyBytes?: number;
  /** Unstorable text (U+0000, lone surrogates): refuse the body, replace it by U+FFFD, or leave it to the handler. */
  texts?: "refuse" | "replace" | "handler";
  /** A missing body is `{}`. */
  bodyOptional?: true;
  /** The operation checks the body itself and the handler gets it as it came. */
  bodyUnchecked?: true;
}

/** One entry of the table of routes. */
export interface Route extends RouteText {
  body?: z.ZodType;
  query?: z.ZodType;
  handle: (call: Call<unknown, unknown>) => Promise<Answer>;
}

/** Declare a route; the handler sees its body and query in the types of their schemas. */
export function route<Body extends z.ZodType = z.ZodUnknown, Query extends z.ZodType = z.ZodUnknown>(
  declared: RouteText & {
    body?: Body;
    query?: Query;
    handle: (call: Call<z.output<Body>, z.output<Query>>) => Promise<Answer>;
  },
): Route {
  return declared as unknown as Route;
}
