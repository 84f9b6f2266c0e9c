import type { Metadata } from "next";
import { settingsWords } from "#app/words/settings-words.ts";
import { RetentionView } from "./_page/retention-view.tsx";

export const metadata: Metadata = { title: settingsWords.sections.retention };

export default function RetentionPage() {
  return <RetentionView />;
}
