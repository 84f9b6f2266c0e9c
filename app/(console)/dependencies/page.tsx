import type { Metadata } from "next";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { DependenciesView } from "./_list/dependencies-view.tsx";

export const metadata: Metadata = { title: dependencyWords.title };

export default function DependenciesPage() {
  return <DependenciesView />;
}
