import { permissions } from "#core/access/scope.ts";
import { isStorable } from "#core/definition/is-storable.ts";
import { namePattern } from "#core/definition/name.ts";
import { isJobId } from "#server/store/jobs/job-id.ts";
import type { Method, ParamKind, Route } from "../route.ts";

/** Where the API stands; health and metrics stand outside. */
export const apiBase = "/api/v1";

export interface Match {
  /** Methods of the path, for `Allow`. */
  methods: Map<Method, Route>;
  params: Record<string, string>;
  /** The parameter that cannot be what it should be; null when all can. */
  malformed: { kind: ParamKind; value: string } | null;
}

interface Template {
  segments: string[];
  methods: Map<Method, Route>;
}

const holds: Record<ParamKind, (text: string) => boolean> = {
  id: isJobId,
  name: (text) => namePattern.test(text),
  attempt: (text) => /^[1-9][0-9]{0,8}$/.test(text),
  key: (text) => text.length >= 1 && text.length <= 200 && isStorable(text),
};

/**
 * Finds the route of a path. Throws when it is made from a table that is not whole: a route without a declared
 * permission, a path parameter without a kind, or two routes for one method and path. So such a program does not start.
 */
export class RouteTable {
  readonly routes: readonly Route[];
  readonly #templates: Template[] = [];

  constructor(routes: readonly Route[]) {
    this.routes = routes;
    const byPath = new Map<string, Template>();
    for (const route of routes) {
      checkRoute(route);
      const path = fullPath(route);
      const template = byPath.get(path) ?? { segments: path.split("/").slice(1), methods: new Map() };
      if (template.methods.has(route.method)) throw new Error(`two routes for ${route.method} ${path}`);
      template.methods.set(route.method, route);
      byPath.set(path, template);
    }
    // Fixed segments before parameters, so that /jobs/batch is never a job called batch.
    this.#templates = [...byPath.values()].sort((a, b) => parameters(a) - parameters(b));
  }

  /** The match of a raw path (still percent-encoded), or null. */
  find(path: string): Match | null {
    const segments = path.split("/").slice(1);
    for (const { segments: template, methods } of this.#templates) {
      if (template.length !== segments.length) continue;
      const params = matchSegments(template, segments);
      if (params === null) continue;
      return { methods, params, malformed: findMalformed(params, [...methods.values()][0] as Route) };
    }
    return null;
  }
}

/** The path of a route from the root of the server. */
export function fullPath(route: Pick<Route, "path" | "outside">): string {
  return route.outside ? route.path : apiBase + route.path;
}

function checkRoute(route: Route): void {
  const where = `${route.method} ${route.path}`;
  const known: readonly string[] = [...permissions, "open"];
  if (!known.includes(route.permission))
    throw new Error(`${where} declares no permission: every route names one, or "open"`);
  for (const [, name] of route.path.matchAll(/\{(\w+)\}/g))
    if (route.params?.[name as string] === undefined)
      throw new Error(`${where} does not say what {${name}} holds`);
}

function parameters(template: Template): number {
  return template.segments.filter((segment) => segment.startsWith("{")).length;
}

function matchSegments(template: string[], segments: string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = segments[index] as string;
    if (!expected.startsWith("{")) {
      if (segment !== expected) return null;
      continue;
    }
    const value = decodeSegment(segment);
    if (value === null || value === "") return null;
    params[expected.slice(1, -1)] = value;
  }
  return params;
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

function findMalformed(params: Record<string, string>, route: Route): Match["malformed"] {
  for (const [name, value] of Object.entries(params)) {
    const kind = route.params?.[name] as ParamKind;
    if (!holds[kind](value)) return { kind, value };
  }
  return null;
}
