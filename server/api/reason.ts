import { z } from "zod";
import { SignalboxError } from "#core/error.ts";

/** Why an operator does what is done: kept with its object and in the audit trail. May be empty where none is needed. */
export const reasonInput = z.string().trim().max(500, "a reason has at most 500 characters");

/** Refuses an empty reason with `validation`. */
export function requireReason(reason: string): void {
  if (reason.length > 0) return;
  const message = "say why: the reason is kept with what it was done to and in the audit trail";
  throw new SignalboxError("validation", "A reason is needed; nothing was done.", {
    errors: [{ path: "/reason", message }],
  });
}
