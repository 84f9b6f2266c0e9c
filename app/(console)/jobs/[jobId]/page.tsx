import type { Metadata } from "next";
import { jobWords } from "#app/words/job-words.ts";
import { JobView } from "./_page/job-view.tsx";

interface Props {
  params: Promise<{ jobId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: jobWords.page((await params).jobId) };
}

export default async function JobPage({ params }: Props) {
  return <JobView jobId={(await params).jobId} />;
}
