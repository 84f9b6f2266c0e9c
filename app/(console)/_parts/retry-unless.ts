import type { TRPCClientErrorLike } from "@trpc/client";
import type { ErrorCode } from "#core/error.ts";
import type { AppRouter } from "#server/api/root.ts";

/** How often a query asks again by itself: twice, but never after an error with this code, which is an answer. */
export function retryUnless(code: ErrorCode) {
  return (failures: number, error: TRPCClientErrorLike<AppRouter>): boolean =>
    error.data?.code !== code && failures < 2;
}
