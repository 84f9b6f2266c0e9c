import { z } from "zod";
import { definitionSchema } from "#core/definition/definition.ts";
import { failureClasses, failureOrigins } from "#core/failure/failure-class.ts";
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
  rateLimit: z.strictObject({ count: z.int(), perMs: z.int() }).nullable(),
  thresholds: z.unknown(),
  pool: z.string(),
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
