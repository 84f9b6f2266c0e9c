import type { Metadata } from "next";
import type { ReactNode } from "react";
import { settingsWords } from "#app/words/settings-words.ts";
import { SectionList } from "./_frame/section-list.tsx";

export const metadata: Metadata = {
  title: { default: settingsWords.title, template: `%s · ${settingsWords.title}` },
};

/** The sections of the settings and the one that is open; each page heads itself with an h1. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex gap-x-8 gap-y-3 max-md:flex-col">
      <SectionList />
      <div className="min-w-0 max-w-220 grow">{children}</div>
    </div>
  );
}
