import type { Metadata } from "next";
import { settingsWords } from "#app/words/settings-words.ts";
import { StorageView } from "./_page/storage-view.tsx";

export const metadata: Metadata = { title: settingsWords.sections.storage };

export default function StoragePage() {
  return <StorageView />;
}
