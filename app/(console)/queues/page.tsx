import type { Metadata } from "next";
import { queueWords } from "#app/words/queue-words.ts";
import { QueuesView } from "./_list/queues-view.tsx";

export const metadata: Metadata = { title: queueWords.title };

export default function QueuesPage() {
  return <QueuesView />;
}
