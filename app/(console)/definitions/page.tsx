import type { Metadata } from "next";
import { definitionWords } from "#app/words/definition-words.ts";
import { DefinitionsView } from "./_list/definitions-view.tsx";

export const metadata: Metadata = { title: definitionWords.title };

export default function DefinitionsPage() {
  return <DefinitionsView />;
}
