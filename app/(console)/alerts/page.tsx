import type { Metadata } from "next";
import { alertWords } from "#app/words/alert-words.ts";
import { AlertsView } from "./_page/alerts-view.tsx";

export const metadata: Metadata = { title: alertWords.title };

export default function AlertsPage() {
  return <AlertsView />;
}
