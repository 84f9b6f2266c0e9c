/** One thing wrong with an input: a JSON pointer to the place and what to do about it. */
export interface FieldError {
  path: string;
  message: string;
}

/** The closed set of things an operation may refuse with, and the HTTP status each one is. */
export const errorStatus = {
  bad_request: 400,
  bad_cursor: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  unknown_definition: 404,
  method_not_allowed: 405,
  conflict: 409,
  invalid_state: 409,
  version_conflict: 409,
  lease_lost: 409,
  worker_expired: 410,
  too_large: 413,
  validation: 422,
  unsupported: 422,
  too_many_requests: 429,
  backpressure: 429,
  internal: 500,
  not_ready: 503,
} as const;
export type ErrorCode = keyof typeof errorStatus;

/**
 * The one error that operations throw. `message` says what happened, what was not done and what to do;
 * it is shown to users, so it never holds a secret. `errors` names the fields of a bad input.
 */
export class SignalboxError extends Error {
  readonly code: ErrorCode;
  readonly errors: FieldError[];
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { errors?: FieldError[]; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "SignalboxError";
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfterMs = more.retryAfterMs;
  }

  /** The HTTP status that {@link errorStatus} gives this code. */
  get status(): number {
    return errorStatus[this.code];
  }
}
