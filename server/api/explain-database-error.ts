import { SignalboxError } from "#core/error.ts";

const statementTimeout = "57014";
const awayCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08006",
]);

/** A database error that a person can do something about, or null: a read that took too long, a database that is away. */
export function explainDatabaseError(error: unknown): SignalboxError | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === statementTimeout) {
    return new SignalboxError(
      "not_ready",
      "The database took too long over this, and the console stopped asking so as not to hold it up. Narrow the filter, by queue or state for example.",
      { cause: error },
    );
  }
  if (
    awayCodes.has(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  ) {
    return new SignalboxError(
      "not_ready",
      "The database does not answer. What you see is the last that was read; nothing was changed.",
      {
        cause: error,
      },
    );
  }
  return null;
}
