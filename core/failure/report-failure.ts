import { failureClasses } from "./failure-class.ts";
import { type FailureReport, failureTextLimits } from "./failure-report.ts";
import { readErrorCode, readHttpStatus, readMessageDetails, readResponseBody } from "./read-error-fields.ts";
import { isObject, readField, readText } from "./read-field.ts";
import { readIssues } from "./read-issues.ts";
import { readStatedWait } from "./read-stated-wait.ts";

const causesKept = 10;
const wrappedIn = [
  "cause",
  "originalError",
  "original",
  "parent",
  "driverError",
  "lastNodeError",
  "innerError",
  "error",
  "reason",
  "exception",
  "detail",
] as const;
const classes: readonly unknown[] = failureClasses;

/** Text fit for storage: at most so long, with lone surrogates and U+0000 as U+FFFD. */
const clean = (text: string, limit: number): string =>
  text.slice(0, limit).toWellFormed().replaceAll("\u0000", "\ufffd");

const isErrorLike = (value: unknown): value is object =>
  isObject(value) &&
  (typeof readField(value, "message") === "string" || typeof readField(value, "stack") === "string");

function nameOf(thrown: object): string {
  const name = readText(readField(thrown, "name"));
  if (name !== "" && name !== "Error") return name;
  const made = readText(readField(readField(thrown, "constructor"), "name"));
  return made !== "" && made !== "Object" ? made : "Error";
}

function textOfValue(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "function") return `function ${readText(readField(value, "name"))}`.trim();
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

const nonError = (thrown: unknown): FailureReport => ({
  name: "NonError",
  message: clean(textOfValue(thrown), failureTextLimits.message),
});

/** An answer of fetch that was thrown itself. */
const isResponse = (value: object): boolean =>
  typeof readField(value, "status") === "number" &&
  isObject(readField(value, "headers")) &&
  !isErrorLike(value);

function shallow(thrown: unknown, nowMs: number | null): FailureReport {
  if (!isObject(thrown)) return nonError(thrown);
  const httpStatus = readHttpStatus(thrown);
  const code = readErrorCode(thrown);
  if (!isErrorLike(thrown) && !isResponse(thrown) && code === null) return nonError(thrown);
  const response = isResponse(thrown);
  const given = readText(readField(thrown, "message"));
  const message = response
    ? `HTTP ${httpStatus ?? ""} ${readText(readField(thrown, "statusText"))}`.trim()
    : (readIssues(thrown, given) ?? given);
  const stack = readText(readField(thrown, "stack"));
  const dependency = readText(readField(thrown, "dependency"));
  const retryAfterMs = readStatedWait(thrown, nowMs);
  const verdict = readField(thrown, "failureClass");
  return {
    name: clean(response ? "HttpError" : nameOf(thrown), failureTextLimits.name),
    message: clean(message + readMessageDetails(thrown, message), failureTextLimits.message),
    ...(code !== null && { code: clean(code, failureTextLimits.code) }),
    ...(stack !== "" && { stack: clean(stack, failureTextLimits.stack) }),
    ...(httpStatus !== null && { httpStatus }),
    ...(dependency !== "" && { dependency: clean(dependency, failureTextLimits.dependency) }),
    ...(retryAfterMs !== null && { retryAfterMs }),
    ...(classes.includes(verdict) && { class: verdict as FailureReport["class"] }),
  };
}

/** What an error wraps, in the order in which it names it. */
function wrapped(thrown: object): unknown[] {
  const found: unknown[] = [];
  for (const key of wrappedIn) {
    const value = readField(thrown, key);
    if (key === "cause" ? value !== undefined && value !== null : isErrorLike(value)) found.push(value);
  }
  for (const key of ["errors", "previousErrors"]) {
    const many = readField(thrown, key);
    for (let at = 0; at < causesKept; at += 1) {
      const one = readField(many, at);
      if (isErrorLike(one)) found.push(one);
    }
  }
  return found;
}

function collectCauses(thrown: object, nowMs: number | null): FailureReport[] {
  const causes: FailureReport[] = [];
  const seen = new Set<unknown>([thrown]);
  const waiting = wrapped(thrown);
  for (let next = waiting.shift(); next !== undefined && causes.length < causesKept; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    causes.push(shallow(next, nowMs));
    if (isObject(next)) waiting.push(...wrapped(next));
  }
  const body = readResponseBody(thrown);
  if (body !== null && causes.length < causesKept)
    causes.push({ name: "Response", message: clean(body, failureTextLimits.message) });
  return causes;
}

/**
 * Turns whatever a handler threw into a report: name, message, code, stack, HTTP status, dependency, the
 * wait it was told, the handler's own verdict (`failureClass`), and what it wraps (at most 10, outermost
 * first; the errors of an aggregate; the body of an answer). Knows the shapes of axios, fetch, got, AWS,
 * Google, Stripe, Slack, OpenAI, gRPC, Postgres, nodemailer and Zod errors. `nowMs` lets a Retry-After that is
 * a date count when the answer carried no date of its own. Anything that is no error is named NonError.
 * Never throws, whatever getters and proxies do; long texts are cut.
 */
export function reportFailure(thrown: unknown, nowMs: number | null = null): FailureReport {
  try {
    const report = shallow(thrown, nowMs);
    if (!isObject(thrown) || report.name === "NonError") return report;
    const causes = collectCauses(thrown, nowMs);
    return causes.length === 0 ? report : { ...report, causes };
  } catch {
    return { name: "NonError", message: "" };
  }
}
