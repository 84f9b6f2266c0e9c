import type { Metadata } from "next";
import { failureWords } from "#app/words/failure-words.ts";
import { FailuresView } from "./_list/failures-view.tsx";

export const metadata: Metadata = { title: failureWords.title };

export default function FailuresPage() {
  return <FailuresView />;
}
