import type { TRPCClientErrorLike } from "@trpc/client";
import type { AppRouter } from "#server/api/root.ts";

/** What the server says is wrong with the field at a JSON pointer; null when nothing is. */
export function fieldError(error: TRPCClientErrorLike<AppRouter> | null, pointer: string): string | null {
  return error?.data?.errors.find(({ path }) => path === pointer)?.message ?? null;
}
