/** Right input, but it cannot succeed without someone acting: dead at once. */
export class PermanentError extends Error {
  override readonly name = "PermanentError";
}

/** Asked to slow down: retried, not before `retryAfterMs`. */
export class RateLimitedError extends Error {
  override readonly name = "RateLimitedError";
  readonly retryAfterMs: number;

  constructor(options: { retryAfterMs: number; message?: string; cause?: unknown }) {
    super(options.message ?? `rate limited: retry after ${options.retryAfterMs} ms`, {
      cause: options.cause,
    });
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A service the job depends on is down or failing: retried, and counted against that dependency. */
export class DependencyError extends Error {
  override readonly name = "DependencyError";
  readonly dependency: string;

  constructor(dependency: string, options: { message?: string; cause?: unknown } = {}) {
    super(options.message ?? `${dependency} failed`, { cause: options.cause });
    this.dependency = dependency;
  }
}

/** Why `ctx.signal` aborted. */
export class AttemptAborted extends Error {
  override readonly name = "AbortError";
  readonly kind: "timeout" | "heartbeat-timeout" | "cancelled" | "shutdown" | "lease-lost" | "preempted";

  constructor(kind: AttemptAborted["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}
