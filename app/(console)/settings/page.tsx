import type { Metadata } from "next";
import { settingsWords } from "#app/words/settings-words.ts";
import { GeneralView } from "./_general/general-view.tsx";

export const metadata: Metadata = { title: settingsWords.sections.general };

export default function GeneralPage() {
  return <GeneralView />;
}
