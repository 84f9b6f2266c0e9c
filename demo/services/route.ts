import type { IncomingHttpHeaders } from "node:http";
import type { ZodType } from "zod";

/** One call as a route sees it: `params` are the named parts of its path. */
export interface ServiceRequest {
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** What a route answers; `body` is sent as JSON. */
export interface ServiceReply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** A path such as `/charges/:id`, its method and what to do. */
export interface ServiceRoute {
  method: string;
  path: string;
  answer: (request: ServiceRequest) => ServiceReply | Promise<ServiceReply>;
}

/** A refusal in the form that all four services share: `{error: {code, message, ...}}`. */
export function refusal(status: number, code: string, message: string, more: object = {}): ServiceReply {
  return { status, body: { error: { code, message, ...more } } };
}

/** The body read against a schema, or the 422 that names each wrong field. */
export function readBody<Body>(
  schema: ZodType<Body>,
  body: unknown,
): { body: Body; wrong?: undefined } | { body?: undefined; wrong: ServiceReply } {
  const read = schema.safeParse(body);
  if (read.success) return { body: read.data };
  const errors = read.error.issues.map((issue) => ({
    path: issue.path.map((part) => `/${String(part)}`).join(""),
    message: issue.message,
  }));
  return {
    wrong: refusal(422, "invalid_body", "The body does not have the shape this call needs.", { errors }),
  };
}

/** The route for a method and path with its params, or null. */
export function findRoute(
  routes: readonly ServiceRoute[],
  method: string,
  path: string,
): { route: ServiceRoute; params: Record<string, string> } | null {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, path) : null;
    if (params !== null) return { route, params };
  }
  return null;
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decodePart(value);
    else if (part !== value) return null;
  }
  return params;
}

/** A broken percent escape is taken as it stands: it will name nothing and be answered 404. */
function decodePart(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
