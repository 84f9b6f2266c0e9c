import type { Metadata } from "next";
import { failureWords } from "#app/words/failure-words.ts";
import { DeadLetterView } from "./_page/dead-letter-view.tsx";

export const metadata: Metadata = { title: failureWords.dead.title };

export default function DeadLetterPage() {
  return <DeadLetterView />;
}
