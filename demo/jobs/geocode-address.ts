import { z } from "zod";
import { defineJob } from "#sdk/index.ts";
import { callService, dependencyNames } from "./call-service.ts";

const answer = z.object({
  place: z.string(),
  country: z.string(),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** Finds the point of a delivery address. */
export const geocodeAddress = defineJob({
  name: "geocode-address",
  queue: "addresses",
  priority: "normal",
  description: "Finds the point of a delivery address for the route planner.",
  owner: "Delivery",
  dependencies: [dependencyNames.geocoder],
  input: z.object({ orderId: z.string(), address: z.string().min(1).max(300) }),
  timeouts: { attemptMs: 10_000 },
  handler: async ({ address }, ctx) =>
    callService(ctx, {
      service: "geocoder",
      method: "GET",
      path: `/geocode?q=${encodeURIComponent(address)}`,
      timeoutMs: 3_000,
      answer,
    }),
});
