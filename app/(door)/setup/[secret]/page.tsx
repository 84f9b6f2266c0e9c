import type { Metadata } from "next";
import { accessWords } from "#app/words/access-words.ts";
import { LinkView } from "../../_parts/link-view.tsx";

export const metadata: Metadata = { title: accessWords.link.firstTitle };

export default async function SetupPage({ params }: { params: Promise<{ secret: string }> }) {
  return <LinkView secret={(await params).secret} />;
}
