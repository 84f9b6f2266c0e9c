import type { z } from "zod";
import { type FieldError, SignalboxError } from "./error.ts";

/** A JSON pointer (RFC 6901) to a place in a body; `""` is the body itself. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/**
 * The refusal of a body that a schema did not accept: 422 with one entry a field, code `unsupported` when
 * every issue names a feature that this version does not have (marked by `params.unsupported`), else `validation`.
 * `what` names the thing in the message, as in "the job" or "the policy".
 */
export function validationError(error: z.ZodError, what: string): SignalboxError {
  const errors = error.issues.flatMap((issue) => fieldErrors(issue, []));
  const unsupported = error.issues.length > 0 && error.issues.every(isUnsupported);
  const places = errors
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
    .join("; ");
  return new SignalboxError(
    unsupported ? "unsupported" : "validation",
    unsupported
      ? `${what} asks for what this version does not do: ${places}`
      : `${what} is not valid: ${places}`,
    { errors },
  );
}

type Issue = z.core.$ZodIssue;

function isUnsupported(issue: Issue): boolean {
  return issue.code === "custom" && issue.params?.unsupported === true;
}

function fieldErrors(issue: Issue, above: readonly PropertyKey[]): FieldError[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: jsonPointer([...path, key]),
      message: "unknown key: remove it",
    }));
  }
  if (issue.code === "invalid_union") {
    // "A name or a policy": when the value has the type of one branch only, what that branch says is what helps.
    const meant = issue.errors.filter((branch) => !branch.some(isWrongType));
    if (meant.length === 1) return (meant[0] ?? []).flatMap((inner) => fieldErrors(inner, path));
  }
  return [{ path: jsonPointer(path), message: issue.message }];
}

function isWrongType(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}
