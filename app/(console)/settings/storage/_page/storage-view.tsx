"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { pressureWords } from "#app/words/pressure-words.ts";
import { settingsWords } from "#app/words/settings-words.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { StorageForm } from "./storage-form.tsx";

const refetchMs = 10_000;

/** What can run out in the database, how it stands, and from where on to act. */
export function StorageView() {
  const trpc = useTRPC();
  const found = useQuery(trpc.settings.storageGuards.queryOptions(undefined, { refetchInterval: refetchMs }));
  const pressure = useQuery(trpc.pressure.now.queryOptions(undefined, { refetchInterval: refetchMs }));
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">{settingsWords.sections.storage}</h1>
        <p className="max-w-160 text-ink-2">{pressureWords.storage.lead}</p>
      </div>
      {found.data ? (
        <StorageForm stored={found.data} facts={pressure.data?.storage.facts ?? null} />
      ) : (
        <Unread query={found} rows={8} />
      )}
    </div>
  );
}
