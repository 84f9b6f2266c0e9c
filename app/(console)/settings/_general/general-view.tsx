"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { settingsWords } from "#app/words/settings-words.ts";
import { Unread } from "../../_parts/unread.tsx";
import { GeneralForm } from "./general-form.tsx";

const refetchMs = 10_000;

/** Which installation this is, and its clock. */
export function GeneralView() {
  const trpc = useTRPC();
  const found = useQuery(trpc.settings.general.queryOptions(undefined, { refetchInterval: refetchMs }));
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">{settingsWords.sections.general}</h1>
      {found.data ? <GeneralForm stored={found.data} /> : <Unread query={found} rows={5} />}
    </div>
  );
}
