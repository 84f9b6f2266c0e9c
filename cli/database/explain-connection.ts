import { SignalboxError } from "#core/error.ts";
import { isConnectionError, sqlState } from "#db/transaction.ts";
import { maskDatabaseUrl } from "#server/system/mask-database-url.ts";

const oldestMajor = 15;
const newestMajor = 18;

/**
 * Why the database of `url` cannot be used, for a person, with the address but not its password; null when the error
 * is about something else.
 */
export function explainConnection(url: string, error: unknown): SignalboxError | null {
  const why = reason(error);
  if (why === null) return null;
  const message = `cannot use the database at ${maskDatabaseUrl(url)}: ${why}. Check DATABASE_URL, or unset it to use the embedded Postgres`;
  return new SignalboxError("not_ready", message, { cause: error });
}

/** What is wrong with a server of this version number (as `server_version_num`), null when it will do. */
export function explainServerVersion(versionNumber: number): string | null {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= oldestMajor && major <= newestMajor) return null;
  return `Postgres ${major} is not supported: ${oldestMajor} to ${newestMajor} are`;
}

function reason(error: unknown): string | null {
  switch (sqlState(error)) {
    case "28P01":
    case "28000":
      return "it refused the user or password";
    case "3D000":
      return "it has no database of that name";
    case "53300":
      return "it has no connection left";
    case "57P03":
      return "it is starting up or shutting down";
  }
  const first = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const { code, message } = first as { code?: string; message?: string };
  if (code === "ECONNREFUSED") return "nothing listens there (connection refused)";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "its host name is not known";
  if (code === "ETIMEDOUT" || /timeout/i.test(message ?? "")) return "it did not answer in time";
  if (code === "ERR_INVALID_URL") return "the address cannot be read";
  return isConnectionError(first) ? (message ?? "the connection broke") : null;
}
