"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Pager } from "../../_parts/pager.tsx";
import { Unread } from "../../_parts/unread.tsx";
import { DependencyTable } from "./dependency-table.tsx";

const refetchMs = 2_000;

/** Every service that definitions need, by name, with how its breaker stands and what it holds. */
export function DependenciesView() {
  const trpc = useTRPC();
  const [after, setAfter] = useQueryState("after", parseAsString.withOptions({ history: "push" }));
  const list = useQuery(
    trpc.dependencies.list.queryOptions(
      { after: after || null },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  const row = useRowKeys();
  useKeys({ j: row.next, k: row.previous });
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-title font-semibold">{dependencyWords.title}</h1>
      <p className="max-w-200 text-ink-2">{dependencyWords.what}</p>
      {!list.data ? (
        <Unread query={list} rows={6} />
      ) : list.data.dependencies.length === 0 ? (
        <EmptyState title={dependencyWords.none}>{dependencyWords.noneTeach}</EmptyState>
      ) : (
        <>
          <DependencyTable dependencies={list.data.dependencies} />
          <Pager after={after} next={list.data.next} onGo={(next) => void setAfter(next)} />
        </>
      )}
    </div>
  );
}
