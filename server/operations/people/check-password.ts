import { findPasswordProblem } from "#core/access/password.ts";
import { SignalboxError } from "#core/error.ts";

/** Throws `validation` that says what to do about a password that may not be used; `field` is where it came from. */
export function checkPassword(password: string, login: string, field = "/password"): void {
  const message = findPasswordProblem(password, login);
  if (message === null) return;
  throw new SignalboxError("validation", `The password was not taken: ${message}. Nothing was done.`, {
    errors: [{ path: field, message }],
  });
}
