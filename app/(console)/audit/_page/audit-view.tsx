"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { auditWords } from "#app/words/audit-words.ts";
import { PagedList } from "../../_parts/paged-list.tsx";
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
      <PagedList query={list} state={state} words={auditWords} count={entries.length} skeletonRows={14}>
        <AuditTable entries={entries} opened={entry} entryHref={entryHref} faded={list.isPlaceholderData} />
      </PagedList>
      {entry !== null && entry > 0 ? (
        <AuditEntryPanel key={entry} seq={entry} onClose={() => state.open(null)} />
      ) : null}
    </div>
  );
}
