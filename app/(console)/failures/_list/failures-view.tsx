"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { failureWords } from "#app/words/failure-words.ts";
import { Button } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { FailureNav } from "../_parts/failure-nav.tsx";
import { FailureGrid } from "./failure-grid.tsx";
import { FailureVerdict } from "./failure-verdict.tsx";
import { GroupFilterBar } from "./group-filter-bar.tsx";
import { GroupTable } from "./group-table.tsx";
import { useGroupFilter } from "./use-group-filter.ts";

const overviewMs = 10_000;
const listMs = 5_000;

/** Failures in groups: the verdict, the grid of classes and windows, and the groups themselves. */
export function FailuresView() {
  const trpc = useTRPC();
  const state = useGroupFilter();
  const { values, filter } = state;
  const overview = useQuery(trpc.failures.overview.queryOptions(undefined, { refetchInterval: overviewMs }));
  const list = useQuery(
    trpc.failures.groups.queryOptions(
      { filter, order: values.order, window: values.window, cursor: values.cursor },
      { placeholderData: keepPreviousData, refetchInterval: listMs },
    ),
  );
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous });
  const groups = list.data?.groups ?? [];
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{failureWords.title}</h1>
      <FailureNav />
      {overview.data ? (
        <>
          <FailureVerdict overview={overview.data} />
          <FailureGrid grid={overview.data.grid} current={{ class: values.class, window: values.window }} />
        </>
      ) : overview.error ? (
        <QueryProblem error={overview.error} onRetry={() => overview.refetch()} />
      ) : (
        <>
          <Skeleton className="h-5 w-96 max-w-full" />
          <SkeletonRows rows={6} />
        </>
      )}
      <GroupFilterBar state={state} />
      {list.error ? <QueryProblem error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.data ? (
        <>
          {groups.length > 0 ? (
            <GroupTable groups={groups} window={values.window} faded={list.isPlaceholderData} />
          ) : state.filtered || values.cursor !== null || (overview.data?.grid.length ?? 0) > 0 ? (
            <EmptyState
              title={failureWords.noneMatch}
              action={<Button onClick={state.clear}>{failureWords.clear}</Button>}
            >
              {failureWords.noneMatchTeach}
            </EmptyState>
          ) : (
            <EmptyState title={failureWords.none} action={<CommandLine command="npm run demo" />}>
              {failureWords.noneTeach}
            </EmptyState>
          )}
          <div className="flex items-center gap-2 text-sm text-ink-3">
            {groups.length > 0 ? failureWords.shown(groups.length) : null}
            <span className="grow" />
            {values.cursor ? <Button onClick={() => state.goTo(null)}>{failureWords.newest}</Button> : null}
            {list.data.nextCursor ? (
              <Button onClick={() => state.goTo(list.data?.nextCursor ?? null)}>{failureWords.older}</Button>
            ) : null}
          </div>
        </>
      ) : list.error ? null : (
        <SkeletonRows rows={10} />
      )}
    </div>
  );
}
