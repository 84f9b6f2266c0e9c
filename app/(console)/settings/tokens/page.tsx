import type { Metadata } from "next";
import { peopleWords } from "#app/words/people-words.ts";
import { TokensView } from "./_page/tokens-view.tsx";

export const metadata: Metadata = { title: peopleWords.tokens.title };

export default function TokensPage() {
  return <TokensView />;
}
