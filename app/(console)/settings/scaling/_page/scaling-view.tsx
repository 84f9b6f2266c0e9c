"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { scalingWords } from "#app/words/scaling-words.ts";
import { settingsWords } from "#app/words/settings-words.ts";
import { Unread } from "../../../_parts/unread.tsx";
import { ScalingForm } from "./scaling-form.tsx";

/** Within which bounds workers are asked for, and who is told. */
export function ScalingView() {
  const trpc = useTRPC();
  const found = useQuery(trpc.settings.scaling.queryOptions());
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">{settingsWords.sections.scaling}</h1>
        <p className="max-w-160 text-ink-2">{scalingWords.lead}</p>
      </div>
      {found.data ? <ScalingForm stored={found.data} /> : <Unread query={found} rows={4} />}
    </div>
  );
}
