import type { Metadata } from "next";
import { workerWords } from "#app/words/worker-words.ts";
import { WorkersView } from "./_list/workers-view.tsx";

export const metadata: Metadata = { title: workerWords.title };

export default function WorkersPage() {
  return <WorkersView />;
}
