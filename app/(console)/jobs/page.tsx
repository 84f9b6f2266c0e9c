import type { Metadata } from "next";
import { jobWords } from "#app/words/job-words.ts";
import { JobsView } from "./_list/jobs-view.tsx";

export const metadata: Metadata = { title: jobWords.title };

export default function JobsPage() {
  return <JobsView />;
}
