"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { settingsWords } from "#app/words/settings-words.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { RetentionForm } from "./retention-form.tsx";

const refetchMs = 10_000;

/** How long what has ended is kept, what is stored, and what would go. */
export function RetentionView() {
  const trpc = useTRPC();
  const found = useQuery(trpc.settings.retention.queryOptions(undefined, { refetchInterval: refetchMs }));
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">{settingsWords.sections.retention}</h1>
        <p className="max-w-160 text-ink-2">{settingsWords.retention.lead}</p>
      </div>
      {found.data ? <RetentionForm stored={found.data} /> : <Unread query={found} rows={8} />}
    </div>
  );
}
