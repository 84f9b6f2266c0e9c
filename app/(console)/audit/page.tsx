import type { Metadata } from "next";
import { auditWords } from "#app/words/audit-words.ts";
import { AuditView } from "./_page/audit-view.tsx";

export const metadata: Metadata = { title: auditWords.title };

export default function AuditPage() {
  return <AuditView />;
}
