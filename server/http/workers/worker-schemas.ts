import { z } from "zod";
import { nameSchema } from "#core/definition/name.ts";
import { failureReportSchema } from "#core/failure/failure-report.ts";
import { logLimits } from "#core/job/log-limits.ts";

/** The body of POST /workers. */
export const registerSchema = z.strictObject({
  pool: nameSchema.default("default"),
  /** Definitions whose jobs it runs, 1…1,000. */
  definitions: z.array(nameSchema).min(1).max(1_000),
  /** Jobs it runs at a time. */
  concurrency: z.number().int().min(1).max(10_000),
  host: z.string().min(1).max(200),
  version: z.string().max(200).nullish(),
});

/** The body of POST /workers/{id}/claim. */
export const claimSchema = z.strictObject({
  max: z.number().int().min(1).max(1_000),
  /** How long to wait for a job when there is none, 0…30,000 ms. */
  waitMs: z.number().int().min(0).max(30_000).default(0),
  /** Dependencies towards which it has all in flight that it may: no job that needs one of them, at most 100. */
  except: z.array(nameSchema).max(100).optional(),
});

const token = z.string().min(1).max(200);
const attemptNumber = z.number().int().min(1).max(2_147_483_647);

/** The body of POST /workers/{id}/heartbeat: exactly the jobs it lists are renewed. */
export const heartbeatSchema = z.strictObject({
  running: z
    .array(
      z.strictObject({
        id: z.string().max(40),
        attempt: attemptNumber,
        token,
        progress: z.unknown().optional(),
      }),
    )
    .max(10_000),
  /** Share of its capacity in use, as it sees it itself; above 1 it is offered nothing until a heartbeat says otherwise. */
  saturation: z.number().min(0).max(1_000).nullish(),
  /** How many it runs at once now where that is not its concurrency, and why. */
  limit: z
    .strictObject({ slots: z.number().int().min(1).max(10_000), because: z.string().min(1).max(500) })
    .nullish(),
});

/** The body of …/complete. */
export const completeSchema = z.strictObject({ token, output: z.unknown().optional() });

/** The body of …/fail. */
export const failSchema = z.strictObject({ token, error: failureReportSchema });

/** The body of …/release. */
export const releaseSchema = z.strictObject({ token });

/** The body of …/checkpoint: kept for the job's next attempt. */
export const checkpointSchema = z.strictObject({
  token,
  data: z.unknown().refine((data) => data !== undefined, { message: "is required; null is data too" }),
  schemaVersion: z.number().int().min(0).max(2_147_483_647).nullish(),
  artifacts: z.unknown().optional(),
});

/** The body of …/logs: lines in their order, numbered from 1 in each attempt. */
export const logsSchema = z.strictObject({
  token,
  lines: z
    .array(
      z.strictObject({
        seq: z
          .number()
          .int()
          .min(1)
          .max(logLimits.lines + 1),
        /** When it was logged, ms since 1970. */
        atMs: z.number().int().min(0).max(253_402_300_799_999),
        level: z.enum(["info", "warn", "error"]),
        /** Cut at 8 KiB. */
        message: z.string(),
        /** Left out when longer than 8 KiB of JSON. */
        facts: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .min(1)
    .max(200),
});

/** Longest progress report, bytes of JSON. */
export const maxProgressBytes = 4_096;
