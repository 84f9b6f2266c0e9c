import { z } from "zod";
import { SignalboxError } from "#core/error.ts";
import { metricsContentType, renderMetrics } from "../metrics/render-metrics.ts";
import { type Route, route } from "../route.ts";

const health = z.strictObject({ status: z.literal("ok") });

export const healthRoutes: Route[] = [
  route({
    method: "GET",
    path: "/healthz",
    outside: true,
    permission: "open",
    name: "getLiveness",
    tag: "health",
    summary: "Whether the process lives",
    answers: { 200: { description: "It does", schema: health } },
    handle: async () => ({ status: 200, json: { status: "ok" } }),
  }),
  route({
    method: "GET",
    path: "/readyz",
    outside: true,
    permission: "open",
    name: "getReadiness",
    tag: "health",
    summary: "Whether calls can be answered: the database is there",
    answers: { 200: { description: "They can", schema: health } },
    handle: async ({ context }) => {
      try {
        await context.engine.catalog.check();
      } catch (cause) {
        throw new SignalboxError("not_ready", "the database does not answer", { retryAfterMs: 1_000, cause });
      }
      return { status: 200, json: { status: "ok" } };
    },
  }),
  route({
    method: "GET",
    path: "/metrics",
    outside: true,
    permission: "metrics.read",
    name: "getMetrics",
    tag: "health",
    summary: "Figures for Prometheus",
    description: "Needs no token where the server is bound to loopback.",
    answers: { 200: { description: "Text format", contentType: metricsContentType } },
    handle: async ({ context }) => ({
      status: 200,
      text: await renderMetrics(context.engine),
      contentType: metricsContentType,
    }),
  }),
];
