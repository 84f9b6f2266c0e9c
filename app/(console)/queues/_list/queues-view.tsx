"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useRef } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { queueWords } from "#app/words/queue-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { QueueTable } from "./queue-table.tsx";

const refetchMs = 5_000;

/** Every queue, by name, with the figures of the Board and those it has no room for. */
export function QueuesView() {
  const trpc = useTRPC();
  const [{ q, after }, setValues] = useQueryStates(
    { q: parseAsString, after: parseAsString },
    { history: "push" },
  );
  const list = useQuery(
    trpc.queues.list.queryOptions(
      { q: q || null, after: after || null },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  const board = useQuery(trpc.overview.board.queryOptions());
  const search = useRef<HTMLInputElement>(null);
  const row = useRowKeys();
  useKeys({ "/": () => search.current?.focus(), j: row.next, k: row.previous });
  const live = new Map(board.data?.queues.map((queue) => [queue.name, queue]));
  const queues = list.data?.queues.map((queue) => live.get(queue.name) ?? queue) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{queueWords.title}</h1>
      <input
        ref={search}
        type="search"
        aria-label={queueWords.search}
        placeholder={queueWords.searchHint}
        defaultValue={q ?? ""}
        maxLength={100}
        onChange={(event) =>
          setValues({ q: event.target.value || null, after: null }, { history: "replace", throttleMs: 200 })
        }
        className={cn(inputLook, "h-7 w-80 max-sm:w-full pointer-coarse:h-9")}
      />
      {list.data ? (
        queues.length > 0 ? (
          <>
            <QueueTable queues={queues} />
            <div className="flex justify-end gap-2">
              {after ? <Button onClick={() => setValues({ after: null })}>{queueWords.first}</Button> : null}
              {list.data.next ? (
                <Button onClick={() => setValues({ after: list.data?.next ?? null })}>
                  {queueWords.next}
                </Button>
              ) : null}
            </div>
          </>
        ) : q ? (
          <EmptyState title={queueWords.noneMatch} />
        ) : (
          <EmptyState title={queueWords.none} action={<CommandLine command="npm run demo" />}>
            {queueWords.noneTeach}
          </EmptyState>
        )
      ) : list.error ? (
        <QueryProblem error={list.error} onRetry={() => list.refetch()} />
      ) : (
        <SkeletonRows rows={10} />
      )}
    </div>
  );
}
