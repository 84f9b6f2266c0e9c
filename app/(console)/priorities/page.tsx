import type { Metadata } from "next";
import { priorityWords } from "#app/words/priority-words.ts";
import { PrioritiesView } from "./_edit/priorities-view.tsx";

export const metadata: Metadata = { title: priorityWords.title };

export default function PrioritiesPage() {
  return <PrioritiesView />;
}
