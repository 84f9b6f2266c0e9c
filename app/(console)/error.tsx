"use client";

import { pageWords } from "#app/words/page-words.ts";
import { ErrorState } from "#components/ui/error-state.tsx";

/** What is left of a page whose drawing failed. */
export default function BrokenPage({ reset }: { reset: () => void }) {
  return <ErrorState title={pageWords.broken.title} detail={pageWords.broken.detail} onRetry={reset} />;
}
