import type { TRPCClientErrorLike } from "@trpc/client";
import { partWords } from "#app/words/part-words.ts";
import type { AppRouter } from "#server/api/root.ts";

/** An error of a call in words: the server's own, or that the server was not reached. */
export function problemText(error: TRPCClientErrorLike<AppRouter>): string {
  return error.data ? error.message : partWords.notReached;
}
