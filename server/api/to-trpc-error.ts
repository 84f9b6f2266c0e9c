import { TRPCError } from "@trpc/server";
import { SignalboxError } from "#core/error.ts";
import { explainDatabaseError } from "./explain-database-error.ts";

const codeOfStatus: Record<number, TRPCError["code"]> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  409: "CONFLICT",
  410: "NOT_FOUND",
  413: "PAYLOAD_TOO_LARGE",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  503: "SERVICE_UNAVAILABLE",
};

/** Any error as tRPC's own, its cause kept: the closed set by status, a database that is away as 503, the rest as 500. */
export function toTrpcError(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error;
  const cause = error instanceof SignalboxError ? error : (explainDatabaseError(error) ?? error);
  const code = cause instanceof SignalboxError ? codeOfStatus[cause.status] : undefined;
  return new TRPCError({
    code: code ?? "INTERNAL_SERVER_ERROR",
    message: cause instanceof Error ? cause.message : String(cause),
    cause,
  });
}
