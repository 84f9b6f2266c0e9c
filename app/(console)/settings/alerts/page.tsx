import type { Metadata } from "next";
import { alertWords } from "#app/words/alert-words.ts";
import { AlertPoliciesView } from "./_page/alert-policies-view.tsx";

export const metadata: Metadata = { title: alertWords.policies.title };

export default function AlertPoliciesPage() {
  return <AlertPoliciesView />;
}
