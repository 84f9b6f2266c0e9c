"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { redactionWords } from "#app/words/redaction-words.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { AdminsOnly } from "../../_frame/admins-only.tsx";
import { RedactionForm } from "./redaction-form.tsx";

/** What is redacted, beside the built-in set: rules, trying them out, and their versions. */
export function RedactionView() {
  return (
    <div className="flex flex-col gap-4">
      <AdminsOnly title={redactionWords.title}>
        <div>
          <h1 className="text-title font-semibold">{redactionWords.title}</h1>
          <p className="text-ink-2">{redactionWords.lead}</p>
        </div>
        <Settings />
      </AdminsOnly>
    </div>
  );
}

function Settings() {
  const trpc = useTRPC();
  const found = useQuery(trpc.redaction.get.queryOptions());
  const { data } = found;
  const stored = useMemo(() => {
    if (!data) return null;
    const newest = data.versions[0];
    const { version, settings: value } = data;
    return { value, version, updatedAtMs: newest?.createdAtMs ?? null, updatedBy: newest?.createdBy ?? null };
  }, [data]);
  if (!data || !stored) return <Unread query={found} rows={6} />;
  return <RedactionForm stored={stored} versions={data.versions} />;
}
