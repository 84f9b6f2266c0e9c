import type { Metadata } from "next";
import { ruleWords } from "#app/words/rule-words.ts";
import { RulesView } from "./_page/rules-view.tsx";

export const metadata: Metadata = { title: ruleWords.title };

export default function RulesPage() {
  return <RulesView />;
}
