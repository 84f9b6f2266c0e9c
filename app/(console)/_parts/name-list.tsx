"use client";

import { type ComponentProps, type ReactNode, useRef } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRowKeys } from "#app/_keys/use-row-keys.ts";
import { cn } from "#components/ui/cn.ts";
import { CommandLine } from "#components/ui/command-line.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { inputLook } from "#components/ui/text-field.tsx";
import { Pager } from "./pager.tsx";
import { Unread } from "./unread.tsx";
import type { NameListState } from "./use-name-list.ts";

/**
 * A list of named things below its heading: the box that searches it, a page of it, which is the child, and the way to
 * the next. The keys `/`, `j` and `k` go to the box and along the rows.
 */
export function NameList({
  state,
  query,
  words,
  children,
}: {
  state: NameListState;
  query: ComponentProps<typeof Unread>["query"] & { data?: { next: string | null } };
  words: { search: string; searchHint: string; none: string; noneTeach: string; noneMatch: string };
  /** Null when nothing was found. */
  children: ReactNode;
}) {
  const box = useRef<HTMLInputElement>(null);
  const row = useRowKeys();
  useKeys({ "/": () => box.current?.focus(), j: row.next, k: row.previous });
  return (
    <>
      <input
        ref={box}
        type="search"
        aria-label={words.search}
        placeholder={words.searchHint}
        defaultValue={state.q ?? ""}
        maxLength={100}
        onChange={(event) => state.search(event.target.value)}
        className={cn(inputLook, "h-7 w-80 max-sm:w-full pointer-coarse:h-9")}
      />
      {!query.data ? (
        <Unread query={query} rows={10} />
      ) : children ? (
        <>
          {children}
          <Pager after={state.after} next={query.data.next} onGo={state.go} />
        </>
      ) : state.q ? (
        <EmptyState title={words.noneMatch} />
      ) : (
        <EmptyState title={words.none} action={<CommandLine command="npm run demo" />}>
          {words.noneTeach}
        </EmptyState>
      )}
    </>
  );
}
