import type { Route } from "#server/http/route.ts";

/** An address of the route, with something in the place of each parameter. */
export function pathOfRoute(route: Route): string {
  const values: Record<string, string> = { id: "1", number: "1", key: "k" };
  const filled = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "nobody");
  return ["/healthz", "/readyz", "/metrics"].includes(filled) ? filled : `/api/v1${filled}`;
}
