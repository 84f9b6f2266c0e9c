import type { Metadata } from "next";
import { settingsWords } from "#app/words/settings-words.ts";
import { ScalingView } from "./_page/scaling-view.tsx";

export const metadata: Metadata = { title: settingsWords.sections.scaling };

export default function ScalingPage() {
  return <ScalingView />;
}
