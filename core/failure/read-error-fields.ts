import { isObject, readField, readText } from "./read-field.ts";

const statusPaths: readonly (readonly string[])[] = [
  ["status"],
  ["statusCode"],
  ["response", "status"],
  ["response", "statusCode"],
  ["$metadata", "httpStatusCode"],
  ["$response", "statusCode"],
  ["output", "statusCode"],
  ["httpStatus"],
  ["cause", "statusCode"],
];

const at = (value: unknown, path: readonly string[]): unknown => path.reduce<unknown>(readField, value);

const isStatus = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599;

/** The HTTP status of an error, wherever its client keeps it; null when it has none. */
export function readHttpStatus(thrown: object): number | null {
  for (const path of statusPaths) {
    const found = at(thrown, path);
    if (isStatus(found)) return found;
  }
  // googleapis gives the status as a number in `code`, beside the answer's own list of errors.
  const code = readField(thrown, "code");
  return isStatus(code) && code >= 400 && isObject(readField(thrown, "errors")) ? code : null;
}

/** Where a service keeps a code that is more particular than `code`. */
const particular: readonly (readonly string[])[] = [
  ["decline_code"],
  ["raw", "decline_code"],
  ["data", "error"],
  ["errors", "0", "reason"],
  ["response", "data", "error", "errors", "0", "reason"],
];
const general: readonly (readonly string[])[] = [
  ["code"],
  ["Code"],
  ["error", "code"],
  ["error", "error", "type"],
  ["error", "type"],
  ["errorCode"],
  ["sqlState"],
];

/** The code of an error as text, the most particular that it names; null when it has none. */
export function readErrorCode(thrown: object): string | null {
  const name = readText(readField(thrown, "name"));
  const kafkaType = readField(thrown, "type");
  if (name.startsWith("KafkaJS") && typeof kafkaType === "string" && kafkaType !== "") return kafkaType;
  for (const path of particular) {
    const found = at(thrown, path);
    if (typeof found === "string" && found !== "") return found;
  }
  for (const path of general) {
    const found = readText(at(thrown, path));
    if (found !== "") return found;
  }
  const stripeType = readField(thrown, "type");
  return typeof stripeType === "string" && stripeType.startsWith("Stripe") ? stripeType : null;
}

/**
 * What a message leaves out and an error's fields say: constraint, table and column of Postgres, the details
 * of gRPC, the reply of a mail server. Empty when the message says it all.
 */
export function readMessageDetails(thrown: object, message: string): string {
  const parts: string[] = [];
  for (const key of ["constraint", "table", "column"] as const) {
    const value = readField(thrown, key);
    if (typeof value === "string" && value !== "" && !message.includes(value))
      parts.push(`${key} "${value}"`);
  }
  const details = readField(thrown, "details");
  if (typeof details === "string" && details !== "" && !message.includes(details)) parts.push(details);
  const reply = readField(thrown, "responseCode");
  if (typeof reply === "number" && !message.includes(String(reply)))
    parts.push(`${reply} ${readText(readField(thrown, "response"))}`.trim());
  const text = parts.join(", ").slice(0, 2_000);
  return text === "" ? "" : message === "" ? text : ` (${text})`;
}

const bodyPaths: readonly (readonly string[])[] = [
  ["response", "data"],
  ["response", "body"],
  ["responseBody"],
  ["body"],
  ["error"],
  ["data"],
];

/**
 * The body of the answer an error came with, as text of at most 4,000 characters; null when there is none.
 * Where the AWS SDK says by `$retryable` that it may be tried again, that is said too.
 */
export function readResponseBody(thrown: object): string | null {
  const retryable = readField(thrown, "$retryable");
  if (isObject(retryable))
    return readField(retryable, "throttling") === true ? "request was throttled" : "please try again";
  for (const path of bodyPaths) {
    const found = at(thrown, path);
    if (typeof found === "string" && found.trim() !== "") return found.slice(0, 4_000);
    if (
      isObject(found) &&
      typeof found !== "function" &&
      typeof readField(found, "stack") !== "string" &&
      typeof readField(found, "pipe") !== "function"
    ) {
      try {
        const text = JSON.stringify(found);
        if (typeof text === "string" && text.length > 2) return text.slice(0, 4_000);
      } catch {
        // A body that cannot be written as JSON says nothing.
      }
    }
  }
  return null;
}
