import type { ErrorCode, FieldError, SignalboxError } from "#core/error.ts";

/** An error as RFC 9457 problem+json; `code` is from the closed set of core/error.ts. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  errors?: FieldError[];
  /** On `backpressure` only: when to come again, also of one job of a batch, which has no header of its own. */
  retryAfterMs?: number;
  /** On `internal` only: what the log knows it by. */
  errorId?: string;
}

const titles: Record<ErrorCode, string> = {
  bad_request: "The request could not be read",
  bad_cursor: "The cursor is not one of this list",
  unauthenticated: "A valid token is needed",
  forbidden: "The token may not do this",
  not_found: "There is no such thing",
  unknown_definition: "There is no such definition",
  method_not_allowed: "The method is not one of this path",
  conflict: "It changed meanwhile",
  invalid_state: "The state does not allow it",
  version_conflict: "The version is stale",
  lease_lost: "The attempt is no longer yours",
  worker_expired: "The registration has ended",
  too_large: "The body is too large",
  validation: "The input is not valid",
  unsupported: "This version does not do that",
  too_many_requests: "Too many requests",
  backpressure: "Too much work is waiting",
  internal: "Something went wrong here",
  not_ready: "Not ready",
};

/** The problem that a refusal is shown as. */
export function toProblem(error: SignalboxError, errorId?: string): Problem {
  return {
    type: `urn:signalbox:error:${error.code.replaceAll("_", "-")}`,
    title: titles[error.code],
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
    ...(error.code === "backpressure" && error.retryAfterMs !== undefined
      ? { retryAfterMs: error.retryAfterMs }
      : {}),
    ...(errorId === undefined ? {} : { errorId }),
  };
}
