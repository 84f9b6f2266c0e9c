"use client";

import { ErrorState } from "#components/ui/error-state.tsx";
import { pageWords } from "../words.ts";

/** What is left of a page whose drawing failed. */
export default function BrokenPage({ reset }: { reset: () => void }) {
  return <ErrorState title={pageWords.broken.title} detail={pageWords.broken.detail} onRetry={reset} />;
}
