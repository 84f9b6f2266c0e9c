"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { automationWords } from "#app/words/automation-words.ts";
import { roleCovers } from "#core/access/role.ts";
import type { AutomationEvent } from "#server/api/automation/automation-event.ts";
import { PagedList } from "../../_parts/paged-list.tsx";
import { UndoAutomationDialog } from "../../_parts/undo-automation.tsx";
import { AutomationFilterBar } from "./automation-filter-bar.tsx";
import { AutomationTable } from "./automation-table.tsx";
import { useAutomationFilter } from "./use-automation-filter.ts";

const refetchMs = 5_000;

/** What Signalbox did by itself, newest first. */
export function AutomationView() {
  const trpc = useTRPC();
  const state = useAutomationFilter();
  const address = useSearchParams();
  const mayAct = roleCovers(useRole(), "operator");
  const [undoing, setUndoing] = useState<AutomationEvent | null>(null);
  const { cursor } = state.values;
  const list = useQuery(
    trpc.automation.list.queryOptions(
      { filter: state.filter, cursor },
      { placeholderData: keepPreviousData, refetchInterval: cursor === null ? refetchMs : false },
    ),
  );
  const events = list.data?.events ?? [];
  const row = useRowKeys();
  const undoInFocus = () => {
    const event = events.find(({ id }) => String(id) === row.current());
    if (event && event.undo !== null && event.undoneBy === null && mayAct) setUndoing(event);
  };
  useKeys({ j: row.next, k: row.previous, u: undoInFocus });
  const kindHref = (kind: string) => {
    const next = new URLSearchParams(address);
    next.set("kind", kind);
    next.delete("cursor");
    return `/automation?${next}`;
  };
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{automationWords.title}</h1>
      <p className="max-w-200 text-ink-2">{automationWords.what}</p>
      <AutomationFilterBar state={state} />
      <PagedList query={list} state={state} words={automationWords} count={events.length} skeletonRows={10}>
        <AutomationTable
          events={events}
          faded={list.isPlaceholderData}
          kindHref={kindHref}
          onUndo={setUndoing}
        />
      </PagedList>
      <UndoAutomationDialog event={undoing} onClose={() => setUndoing(null)} />
    </div>
  );
}
