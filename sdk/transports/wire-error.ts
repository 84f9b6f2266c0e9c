import type { FailureReport } from "#core/failure/failure-report.ts";

/** What the protocol takes of a failure. */
export function wireError(failure: FailureReport): object {
  const {
    name,
    message,
    code,
    stack,
    httpStatus,
    dependency,
    retryAfterMs,
    class: verdict,
    causes,
  } = failure;
  const given = { name, message, code, stack, httpStatus, dependency, retryAfterMs, class: verdict, causes };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}
