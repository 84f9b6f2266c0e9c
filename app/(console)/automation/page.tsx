import type { Metadata } from "next";
import { automationWords } from "#app/words/automation-words.ts";
import { AutomationView } from "./_page/automation-view.tsx";

export const metadata: Metadata = { title: automationWords.title };

export default function AutomationPage() {
  return <AutomationView />;
}
