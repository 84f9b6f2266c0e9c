import type { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { type ErrorCode, type FieldError, SignalboxError } from "#core/error.ts";

/** What the browser learns of an error. */
export interface ApiErrorDescription {
  /** A code of core/error.ts. */
  code: ErrorCode;
  message: string;
  /** The fields of a bad input, by JSON pointer. */
  errors: FieldError[];
}

/** An error in words for the browser; what is not in the closed set is told as `internal`, without its text. */
export function describeApiError(error: TRPCError): ApiErrorDescription {
  const { cause } = error;
  if (cause instanceof SignalboxError)
    return { code: cause.code, message: cause.message, errors: cause.errors };
  if (cause instanceof ZodError) {
    const errors = cause.issues.map((issue) => ({
      path: issue.path.map((key) => `/${String(key)}`).join(""),
      message: issue.message,
    }));
    const first = errors[0];
    return {
      code: "validation",
      message: `The request was not understood${first ? `: ${first.path || "input"}: ${first.message}` : ""}. Nothing was done.`,
      errors,
    };
  }
  if (error.code === "NOT_FOUND")
    return { code: "not_found", message: "There is no such procedure.", errors: [] };
  if (error.code === "METHOD_NOT_SUPPORTED")
    return { code: "method_not_allowed", message: error.message, errors: [] };
  if (error.code === "PAYLOAD_TOO_LARGE")
    return { code: "too_large", message: "The request is larger than 1 MiB. Nothing was done.", errors: [] };
  if (
    error.code === "BAD_REQUEST" ||
    error.code === "PARSE_ERROR" ||
    error.code === "UNSUPPORTED_MEDIA_TYPE"
  ) {
    return { code: "bad_request", message: "The request was not understood. Nothing was done.", errors: [] };
  }
  return {
    code: "internal",
    message: "Something went wrong in the console's server; its log has the details. Nothing more was done.",
    errors: [],
  };
}
