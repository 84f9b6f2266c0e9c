import { SignalboxError } from "#core/error.ts";
import { isConnectionError, sqlState } from "#db/transaction.ts";
import type { Log } from "#server/system/log.ts";
import { randomSecret } from "#server/system/random.ts";

const statementTimeout = "57014";
const lockTimeout = "55P03";

/**
 * Any thrown thing as the refusal a caller may see. What nobody foresaw becomes `internal`: its text goes to the log
 * under an id, and only the id is shown.
 */
export function explainError(error: unknown, log: Log): { refusal: SignalboxError; errorId?: string } {
  if (error instanceof SignalboxError) return { refusal: error };
  const state = sqlState(error);
  if (state === statementTimeout || state === lockTimeout) {
    const message =
      "the database took too long and the call was given up: nothing was changed; narrow it, or try again";
    return { refusal: new SignalboxError("not_ready", message, { retryAfterMs: 1_000, cause: error }) };
  }
  if (isConnectionError(error)) {
    const message =
      "the database does not answer: whether a write arrived is not known; try again, with an idempotencyKey where it matters";
    return { refusal: new SignalboxError("not_ready", message, { retryAfterMs: 1_000, cause: error }) };
  }
  const errorId = randomSecret(9);
  const facts =
    error instanceof Error
      ? { error: error.message, stack: error.stack, sqlState: state }
      : { error: String(error) };
  log.error({ errorId, ...facts }, "a call failed in a way nobody foresaw");
  return {
    refusal: new SignalboxError(
      "internal",
      `the call failed here, not for anything in it; the log has it under ${errorId}`,
    ),
    errorId,
  };
}
