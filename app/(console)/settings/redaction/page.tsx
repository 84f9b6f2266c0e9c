import type { Metadata } from "next";
import { redactionWords } from "#app/words/redaction-words.ts";
import { RedactionView } from "./_page/redaction-view.tsx";

export const metadata: Metadata = { title: redactionWords.title };

export default function RedactionPage() {
  return <RedactionView />;
}
