import { z } from "zod";
import { breakerStates } from "#core/breaker/breaker-gate.ts";
import { definitionSchema } from "#core/definition/definition.ts";
import { failureClasses, failureOrigins } from "#core/failure/failure-class.ts";
import { queueThresholdsSchema } from "#core/pressure/queue-thresholds-schema.ts";
import { instant } from "./job-schemas.ts";

/** A definition with the version it stands at. */
export const definitionViewSchema = z.looseObject({
  name: z.string(),
  version: z.int(),
  latestVersion: z.int(),
  paused: z.boolean(),
  ...definitionSchema.shape,
  createdAt: instant,
  createdBy: z.string(),
});

export const queueViewSchema = z.strictObject({
  name: z.string(),
  paused: z.boolean(),
  pausedUntil: instant.nullable(),
  drainingSince: instant.nullable(),
  maxRunning: z.int().nullable(),
  maxRunningPerKey: z.int().nullable(),
  fair: z.boolean(),
  keyWeights: z.record(z.string(), z.number()),
  rateLimit: z.strictObject({ count: z.int(), perMs: z.int() }).nullable(),
  thresholds: queueThresholdsSchema.nullable(),
  pool: z.string(),
});

/** A dependency: how it is guarded, how its breaker stands, and what an operator forced it to. */
export const dependencyViewSchema = z.strictObject({
  name: z.string(),
  version: z.int(),
  /** As core/breaker/breaker-settings.ts has them, defaults filled in. */
  settings: z.record(z.string(), z.unknown()),
  state: z.enum(breakerStates),
  since: instant.nullable(),
  /** While open: when it is next probed. */
  until: instant.nullable(),
  forced: z.enum(["open", "closed"]).nullable(),
  forcedBy: z.string().nullable(),
  forcedReason: z.string().nullable(),
  /** When that ends by itself; null when somebody has to end it. */
  forcedUntil: instant.nullable(),
  /** Starts a second that are allowed at present; null for as many as there are. */
  ratePerSecond: z.number().nullable(),
  /** Calls that take longer count as slow, ms; null while nobody knows what is usual. */
  slowMs: z.number().nullable(),
  /** Definitions that need it. */
  definitions: z.array(z.string()),
});

/** A retry policy with its version; version 0 is the built-in one called default. */
export const policyViewSchema = z.looseObject({
  name: z.string(),
  version: z.int(),
  latestVersion: z.int(),
  createdAt: instant.nullable(),
  createdBy: z.string(),
});

export const ruleViewSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  match: z.record(z.string(), z.unknown()),
  class: z.enum(failureClasses),
  origin: z.enum(failureOrigins),
});

export const workerViewSchema = z.strictObject({
  id: z.string(),
  pool: z.string(),
  definitions: z.array(z.string()),
  concurrency: z.int(),
  transport: z.enum(["postgres", "http", "target"]),
  host: z.string(),
  version: z.string().nullable(),
  state: z.enum(["active", "draining", "stopped", "lost"]),
  running: z.int(),
  loopLagMs: z.number().nullable(),
  saturation: z.number().nullable(),
  startedAt: instant,
  heartbeatAt: instant,
  endedAt: instant.nullable(),
});
