import { type Route, route } from "../route.ts";
import { alertRoutes } from "./alert-routes.ts";
import { attemptRoutes } from "./attempt-routes.ts";
import { bulkRoutes } from "./bulk-routes.ts";
import { definitionRoutes } from "./definition-routes.ts";
import { dependencyRoutes } from "./dependency-routes.ts";
import { healthRoutes } from "./health-routes.ts";
import { jobRoutes } from "./job-routes.ts";
import { policyRoutes } from "./policy-routes.ts";
import { queueRoutes } from "./queue-routes.ts";
import { receiptRoutes } from "./receipt-routes.ts";
import { ruleRoutes } from "./rule-routes.ts";
import { workerRoutes } from "./worker-routes.ts";

/** The one table of routes: what is served, who may call it, and what OpenAPI says of it. */
export const allRoutes: readonly Route[] = [
  ...jobRoutes,
  ...bulkRoutes,
  ...receiptRoutes,
  ...workerRoutes,
  ...attemptRoutes,
  ...definitionRoutes,
  ...queueRoutes,
  ...dependencyRoutes,
  ...policyRoutes,
  ...ruleRoutes,
  ...alertRoutes,
  ...healthRoutes,
];

/** The route of the description itself. */
export function openapiRoute(describe: () => unknown): Route {
  return route({
    method: "GET",
    path: "/openapi.json",
    permission: "open",
    name: "getOpenapi",
    tag: "health",
    summary: "This description",
    answers: { 200: { description: "OpenAPI 3.1" } },
    handle: async () => ({ status: 200, json: describe() }),
  });
}
