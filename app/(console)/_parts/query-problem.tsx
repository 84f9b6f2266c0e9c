"use client";

import type { TRPCClientErrorLike } from "@trpc/client";
import { useEffect, useRef } from "react";
import { partWords } from "#app/words/part-words.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import type { AppRouter } from "#server/api/root.ts";
import { problemText } from "./problem-text.ts";

/** How often what could not be read is asked for again by itself, ms. */
const againMs = 5_000;

/** What could not be read, in the words of the server, and a way to ask again; a page in sight asks by itself too. */
export function QueryProblem({
  error,
  onRetry,
}: {
  error: TRPCClientErrorLike<AppRouter>;
  onRetry: () => void;
}) {
  const again = useRef(onRetry);
  useEffect(() => {
    again.current = onRetry;
  });
  useEffect(() => {
    const timer = setInterval(() => document.hidden || again.current(), againMs);
    return () => clearInterval(timer);
  }, []);
  return <ErrorState title={partWords.notRead} detail={problemText(error)} onRetry={onRetry} />;
}
