"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { auditWords } from "#app/words/audit-words.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { Unread } from "../../_parts/unread.tsx";
import { AuditFilterBar } from "./audit-filter-bar.tsx";
import { AuditTable } from "./audit-table.tsx";
import { ChainLine } from "./chain-line.tsx";
import { ExportButton } from "./export-button.tsx";
import { useAuditFilter } from "./use-audit-filter.ts";

const AuditEntryPanel = dynamic(
  () => import("./audit-entry-panel.tsx").then((module) => module.AuditEntryPanel),
  { ssr: false },
);
const refetchMs = 5_000;

/** Who did what to what, when and why. */
export function AuditView() {
  const trpc = useTRPC();
  const state = useAuditFilter();
  const address = useSearchParams();
  const { cursor, entry } = state.values;
  const list = useQuery(
    trpc.audit.list.queryOptions(
      { filter: state.filter, cursor },
      { placeholderData: keepPreviousData, refetchInterval: cursor === null ? refetchMs : false },
    ),
  );
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous, Escape: () => state.open(null) });
  const entryHref = (seq: number) => {
    const next = new URLSearchParams(address);
    next.set("entry", String(seq));
    return `/audit?${next}`;
  };
  const entries = list.data?.entries ?? [];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-title font-semibold">{auditWords.title}</h1>
        <ChainLine />
        <span className="ml-auto">
          <ExportButton filter={state.filter} />
        </span>
      </div>
      <AuditFilterBar state={state} />
      {list.data ? (
        <>
          {list.error ? <QueryProblem error={list.error} onRetry={() => list.refetch()} /> : null}
          {entries.length > 0 ? (
            <AuditTable
              entries={entries}
              opened={entry}
              entryHref={entryHref}
              faded={list.isPlaceholderData}
            />
          ) : (
            <NoEntries
              filtered={state.filtered}
              further={list.data.nextCursor !== null}
              onClear={state.clear}
            />
          )}
          <div className="flex justify-end gap-2">
            {cursor ? <Button onClick={() => state.goTo(null)}>{auditWords.newest}</Button> : null}
            {list.data.nextCursor ? (
              <Button onClick={() => state.goTo(list.data?.nextCursor ?? null)}>
                {entries.length > 0 ? auditWords.older : auditWords.lookFurther}
              </Button>
            ) : null}
          </div>
        </>
      ) : (
        <Unread query={list} rows={14} />
      )}
      {entry !== null && entry > 0 ? (
        <AuditEntryPanel key={entry} seq={entry} onClose={() => state.open(null)} />
      ) : null}
    </div>
  );
}

function NoEntries({
  filtered,
  further,
  onClear,
}: {
  filtered: boolean;
  further: boolean;
  onClear: () => void;
}) {
  if (further) return <EmptyState title={auditWords.partly}>{auditWords.partlyTeach}</EmptyState>;
  if (!filtered) return <EmptyState title={auditWords.none}>{auditWords.noneTeach}</EmptyState>;
  return (
    <EmptyState title={auditWords.noneMatch} action={<Button onClick={onClear}>{auditWords.clear}</Button>}>
      {auditWords.noneMatchTeach}
    </EmptyState>
  );
}
