"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { bulkWords } from "#app/words/bulk-words.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { BulkTable } from "./bulk-table.tsx";

/** How often it is asked anew, ms: quickly while something goes on. */
const liveMs = 1_000;
const quietMs = 10_000;

/** Every bulk operation: those that go on or wait for somebody first. */
export function BulkListView() {
  const trpc = useTRPC();
  const [before, setBefore] = useQueryState("before", parseAsString.withOptions({ history: "push" }));
  const list = useQuery(
    trpc.bulk.list.queryOptions(
      { before },
      {
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) => (state.data && state.data.open.length > 0 ? liveMs : quietMs),
      },
    ),
  );
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous });
  const { data } = list;
  const older = data?.nextBefore ?? null;
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">{bulkWords.title}</h1>
      {list.error ? <QueryProblem error={list.error} onRetry={() => list.refetch()} /> : null}
      {data ? (
        <>
          {data.open.length > 0 ? (
            <Panel title={bulkWords.open}>
              <BulkTable label={bulkWords.open} operations={data.open} />
            </Panel>
          ) : null}
          {data.past.length > 0 ? (
            <Panel title={bulkWords.past}>
              <BulkTable label={bulkWords.past} operations={data.past} />
            </Panel>
          ) : null}
          {data.open.length + data.past.length === 0 ? (
            <EmptyState
              title={bulkWords.none}
              action={
                <Link href="/jobs" className={buttonLook({ tone: "plain" })}>
                  {bulkWords.toJobs}
                </Link>
              }
            >
              {bulkWords.noneTeach}
            </EmptyState>
          ) : null}
          {older ? (
            <div>
              <Button onClick={() => setBefore(older)}>{bulkWords.older}</Button>
            </div>
          ) : null}
        </>
      ) : list.error ? null : (
        <SkeletonRows rows={8} />
      )}
    </div>
  );
}
