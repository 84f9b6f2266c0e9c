import type { Metadata } from "next";
import { policyWords } from "#app/words/policy-words.ts";
import { PoliciesView } from "./_list/policies-view.tsx";

export const metadata: Metadata = { title: policyWords.title };

export default function PoliciesPage() {
  return <PoliciesView />;
}
