"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsString, useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { definitionWords } from "#app/words/definition-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import { roleCovers } from "#core/access/role.ts";
import { QueryProblem } from "../../_parts/query-problem.tsx";
import { DefinitionTable } from "./definition-table.tsx";

const CreateDialog = dynamic(() =>
  import("../../_parts/create-dialog.tsx").then((module) => module.CreateDialog),
);
const refetchMs = 10_000;

/** The catalogue of job definitions. */
export function DefinitionsView() {
  const trpc = useTRPC();
  const canEdit = roleCovers(useRole(), "operator");
  const [{ q, after }, setValues] = useQueryStates(
    { q: parseAsString, after: parseAsString },
    { history: "push" },
  );
  const [creating, setCreating] = useState(false);
  const list = useQuery(
    trpc.definitions.list.queryOptions(
      { q: q || null, after: after || null },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  const search = useRef<HTMLInputElement>(null);
  const row = useRowKeys();
  useKeys({ "/": () => search.current?.focus(), j: row.next, k: row.previous });
  const definitions = list.data?.definitions ?? [];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h1 className="text-title font-semibold">{definitionWords.title}</h1>
        {canEdit ? <Button onClick={() => setCreating(true)}>{definitionWords.create}</Button> : null}
      </div>
      <input
        ref={search}
        type="search"
        aria-label={definitionWords.search}
        placeholder={definitionWords.searchHint}
        defaultValue={q ?? ""}
        maxLength={100}
        onChange={(event) =>
          setValues({ q: event.target.value || null, after: null }, { history: "replace", throttleMs: 200 })
        }
        className={cn(inputLook, "h-7 w-80 max-sm:w-full pointer-coarse:h-9")}
      />
      {list.data ? (
        definitions.length > 0 ? (
          <>
            <DefinitionTable definitions={definitions} />
            <div className="flex justify-end gap-2">
              {after ? (
                <Button onClick={() => setValues({ after: null })}>{definitionWords.first}</Button>
              ) : null}
              {list.data.next ? (
                <Button onClick={() => setValues({ after: list.data?.next ?? null })}>
                  {definitionWords.next}
                </Button>
              ) : null}
            </div>
          </>
        ) : q ? (
          <EmptyState title={definitionWords.noneMatch} />
        ) : (
          <EmptyState title={definitionWords.none} action={<CommandLine command="npm run demo" />}>
            {definitionWords.noneTeach}
          </EmptyState>
        )
      ) : list.error ? (
        <QueryProblem error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <SkeletonRows rows={10} />
      )}
      {creating ? (
        <CreateDialog
          title={definitionWords.create}
          what={definitionWords.createWhat}
          path="/definitions"
          from=""
          sources={definitions.map(({ name }) => name)}
          onClose={() => setCreating(false)}
        />
      ) : null}
    </div>
  );
}
