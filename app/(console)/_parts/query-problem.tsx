"use client";

import type { TRPCClientErrorLike } from "@trpc/client";
import { partWords } from "#app/words/part-words.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { problemText } from "./problem-text.ts";

/** What could not be read, in the words of the server, and a way to ask again. */
export function QueryProblem({
  error,
  onRetry,
}: {
  error: TRPCClientErrorLike<AppRouter>;
  onRetry?: () => void;
}) {
  return <ErrorState title={partWords.notRead} detail={problemText(error)} onRetry={onRetry} />;
}
