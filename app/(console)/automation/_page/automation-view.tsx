"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { automationWords } from "#app/words/automation-words.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { AutomationEvent } from "#server/api/automation/automation-event.ts";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { UndoAutomationDialog } from "../../_parts/undo-automation.tsx";
import { Unread } from "../../_parts/unread.tsx";
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
      {list.data ? (
        <>
          {list.error ? <QueryProblem error={list.error} onRetry={() => list.refetch()} /> : null}
          {events.length > 0 ? (
            <AutomationTable
              events={events}
              faded={list.isPlaceholderData}
              kindHref={kindHref}
              onUndo={setUndoing}
            />
          ) : (
            <NoEvents
              filtered={state.filtered}
              further={list.data.nextCursor !== null}
              onClear={state.clear}
            />
          )}
          <div className="flex justify-end gap-2">
            {cursor ? <Button onClick={() => state.goTo(null)}>{automationWords.newest}</Button> : null}
            {list.data.nextCursor ? (
              <Button onClick={() => state.goTo(list.data?.nextCursor ?? null)}>
                {events.length > 0 ? automationWords.older : automationWords.lookFurther}
              </Button>
            ) : null}
          </div>
        </>
      ) : (
        <Unread query={list} rows={10} />
      )}
      <UndoAutomationDialog event={undoing} onClose={() => setUndoing(null)} />
    </div>
  );
}

function NoEvents({
  filtered,
  further,
  onClear,
}: {
  filtered: boolean;
  further: boolean;
  onClear: () => void;
}) {
  if (further) return <EmptyState title={automationWords.partly}>{automationWords.partlyTeach}</EmptyState>;
  if (!filtered) return <EmptyState title={automationWords.none}>{automationWords.noneTeach}</EmptyState>;
  return (
    <EmptyState
      title={automationWords.noneMatch}
      action={<Button onClick={onClear}>{automationWords.clear}</Button>}
    >
      {automationWords.noneMatchTeach}
    </EmptyState>
  );
}
