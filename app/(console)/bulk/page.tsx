import type { Metadata } from "next";
import { bulkWords } from "#app/words/bulk-words.ts";
import { BulkListView } from "./_list/bulk-list-view.tsx";

export const metadata: Metadata = { title: bulkWords.title };

export default function BulkListPage() {
  return <BulkListView />;
}
