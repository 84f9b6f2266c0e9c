import { z } from "zod";
import { failureClasses } from "./failure-class.ts";

/** Longest texts kept of a reported error, in characters; longer ones are cut, never refused. */
export const failureTextLimits = {
  name: 200,
  code: 200,
  message: 16_384,
  stack: 65_536,
  dependency: 200,
} as const;

/**
 * What a worker reports of a failed attempt. `code` is text even when the client gave a number (SQLSTATE,
 * errno, gRPC, SMTP reply). `class` is the handler's own verdict and overrules every rule.
 * `causes` are wrapped errors, outermost first, at most 10.
 */
export interface FailureReport {
  name: string;
  message: string;
  code?: string | null;
  stack?: string | null;
  httpStatus?: number | null;
  dependency?: string | null;
  retryAfterMs?: number | null;
  class?: (typeof failureClasses)[number] | null;
  causes?: FailureReport[];
}

const shallow = {
  name: z.string().default("Error"),
  message: z.string().default(""),
  code: z.union([z.string(), z.number().transform(String)]).nullish(),
  stack: z.string().nullish(),
  httpStatus: z.number().int().min(100).max(599).nullish(),
  dependency: z.string().nullish(),
  retryAfterMs: z.number().min(0).max(31_536_000_000).nullish(),
  class: z.enum(failureClasses).nullish(),
};

/** The wire form of {@link FailureReport}. */
export const failureReportSchema: z.ZodType<FailureReport> = z.object({
  ...shallow,
  causes: z
    .array(z.lazy(() => failureReportSchema))
    .max(10)
    .optional(),
}) as unknown as z.ZodType<FailureReport>;
