"use client";

import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { QueryProblem } from "./query-problem.tsx";
import { Unread } from "./unread.tsx";

/** What a paged list says; `partly` when the part that was looked through has none and there is more. */
interface ListWords {
  none: string;
  noneTeach: string;
  noneMatch: string;
  noneMatchTeach: string;
  partly: string;
  partlyTeach: string;
  clear: string;
  newest: string;
  older: string;
  lookFurther: string;
}

/** The filter of a list and where it stands, as the address has them. */
interface ListState {
  values: { cursor: string | null };
  filtered: boolean;
  clear: () => void;
  goTo: (cursor: string | null) => void;
}

type UnreadQuery = Parameters<typeof Unread>[0]["query"];

/** A list that is read a page at a time, newest first: its rows, or why there are none, and the ways to the other pages. */
export function PagedList({
  query,
  state,
  words,
  count,
  skeletonRows,
  children,
}: {
  query: UnreadQuery & { data: { nextCursor: string | null } | undefined };
  state: ListState;
  words: ListWords;
  count: number;
  skeletonRows: number;
  /** The rows, when there are some. */
  children: ReactNode;
}) {
  const { data, error } = query;
  if (!data) return <Unread query={query} rows={skeletonRows} />;
  const { nextCursor } = data;
  return (
    <>
      {error ? <QueryProblem error={error} onRetry={() => query.refetch()} /> : null}
      {count > 0 ? children : <NoRows state={state} words={words} further={nextCursor !== null} />}
      <div className="flex justify-end gap-2">
        {state.values.cursor ? <Button onClick={() => state.goTo(null)}>{words.newest}</Button> : null}
        {nextCursor ? (
          <Button onClick={() => state.goTo(nextCursor)}>
            {count > 0 ? words.older : words.lookFurther}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function NoRows({ state, words, further }: { state: ListState; words: ListWords; further: boolean }) {
  if (further) return <EmptyState title={words.partly}>{words.partlyTeach}</EmptyState>;
  if (!state.filtered) return <EmptyState title={words.none}>{words.noneTeach}</EmptyState>;
  return (
    <EmptyState title={words.noneMatch} action={<Button onClick={state.clear}>{words.clear}</Button>}>
      {words.noneMatchTeach}
    </EmptyState>
  );
}
