import type { Metadata } from "next";
import { failureWords } from "#app/words/failure-words.ts";
import { GroupView } from "./_page/group-view.tsx";

export const metadata: Metadata = { title: failureWords.title };

export default async function FailureGroupPage({ params }: { params: Promise<{ fingerprint: string }> }) {
  return <GroupView fingerprint={decodeURIComponent((await params).fingerprint)} />;
}
