import { z } from "zod";
import { failureClasses, failureOrigins } from "#core/failure/failure-class.ts";
import { failureGroupStates } from "#core/failure-group/failure-group-state.ts";
import { failureWindows } from "#core/failure-group/failure-window.ts";

const text = z.string().min(1).max(200);

/** The name of a failure group, as core/failure/fingerprint.ts makes it. */
export const fingerprintInput = z
  .string()
  .regex(/^[0-9a-f]{16}$/, "a failure group is 16 hexadecimal digits");

export const windowInput = z.enum(failureWindows);

/** What a list of failure groups can be narrowed by; every key that is given must hold. */
export const groupFilterInput = z.strictObject({
  states: z.array(z.enum(failureGroupStates)).max(failureGroupStates.length).optional(),
  class: z.enum(failureClasses).optional(),
  origin: z.enum(failureOrigins).optional(),
  definition: text.optional(),
  queue: text.optional(),
  dependency: text.optional(),
});
