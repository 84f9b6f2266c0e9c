import type { Metadata } from "next";
import { workerWords } from "#app/words/worker-words.ts";
import { WorkerView } from "./_page/worker-view.tsx";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: workerWords.page(decodeURIComponent((await params).id)) };
}

export default async function WorkerPage({ params }: Props) {
  return <WorkerView id={decodeURIComponent((await params).id)} />;
}
