import { z } from "zod";

/** The four downstream services of the demo. */
export const serviceNames = ["mail", "payments", "geocoder", "warehouse"] as const;
export type ServiceName = (typeof serviceNames)[number];

const delay = (what: string) =>
  z
    .number(`${what} is a number of milliseconds.`)
    .min(0, `${what} is at least 0.`)
    .max(60_000, `${what} is at most 60000.`);
const share = (what: string) =>
  z
    .number(`${what} is a share from 0 to 1.`)
    .min(0, `${what} is at least 0.`)
    .max(1, `${what} is at most 1.`);

/**
 * How a demo service misbehaves. Every key may be left out and then means no such fault.
 * `latencyMs` is added to each answer, plus up to `latencyJitterMs` drawn evenly; `error503Share` and
 * `hangShare` are shares of calls (together at most 1); `rate429` lets `perSecond` calls a second through and
 * answers the rest 429 with Retry-After; `refuse` stops listening and cuts every open connection.
 */
export const faultSettingsSchema = z
  .strictObject({
    latencyMs: delay("latencyMs").default(0),
    latencyJitterMs: delay("latencyJitterMs").default(0),
    error503Share: share("error503Share").default(0),
    hangShare: share("hangShare").default(0),
    rate429: z
      .strictObject({
        perSecond: z
          .number("perSecond is a number of calls a second.")
          .min(0.1, "perSecond is at least 0.1.")
          .max(10_000, "perSecond is at most 10000."),
      })
      .nullable()
      .default(null),
    refuse: z.boolean("refuse is true or false.").default(false),
  })
  .refine((faults) => faults.error503Share + faults.hangShare <= 1, {
    path: ["hangShare"],
    message: "error503Share and hangShare together are at most 1.",
  });
export type FaultSettings = z.output<typeof faultSettingsSchema>;

/** A healthy service. */
export const noFaults: FaultSettings = faultSettingsSchema.parse({});

/** Whether the settings hold no fault at all. */
export function isHealthy(faults: FaultSettings): boolean {
  return (Object.keys(noFaults) as (keyof FaultSettings)[]).every((key) => faults[key] === noFaults[key]);
}
