"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { explorerWords } from "#app/words/explorer-words.ts";
import { formatExactCount } from "#components/domain/format-count.ts";
import { formatClock } from "#components/domain/format-instant.ts";
import type { JobCount } from "#core/query/job-count.ts";
import { sayFilter } from "#core/query/say-filter.ts";
import type { JobQueryState } from "./use-job-query.ts";

const recountMs = 30_000;

/** How many jobs match, with what kind of number that is. */
export function useTotal({ filter, ready, problems }: JobQueryState, still: boolean): JobCount | null {
  const trpc = useTRPC();
  const count = useQuery(
    trpc.explore.count.queryOptions(
      { filter },
      {
        enabled: ready && problems.length === 0,
        refetchInterval: still ? false : recountMs,
        staleTime: recountMs,
        retry: false,
        placeholderData: keepPreviousData,
      },
    ),
  );
  return count.data ?? null;
}

/** The total in words: `1,204 jobs`, `≈ 1.2M jobs`, `≥ 4,000 jobs`. */
export function sayTotal({ count, exactness }: JobCount): string {
  return explorerWords.total[exactness](count);
}

/** What the list shows, in words, how many there are, and when that was so. */
export function TotalLine({
  state,
  total,
  asOfMs,
  still,
}: {
  state: JobQueryState;
  total: JobCount | null;
  asOfMs: number | null;
  still: boolean;
}) {
  return (
    <p className="min-w-0 truncate text-sm text-ink-3">
      {total ? (
        <span
          className="font-medium text-ink"
          title={`${formatExactCount(total.count)}. ${explorerWords.totalWhy[total.exactness]}`}
        >
          {sayTotal(total)}
        </span>
      ) : null}
      {state.text ? <span className="max-sm:hidden"> · {sayFilter(state.filter)}</span> : null}
      {asOfMs !== null ? <span> · {explorerWords.asOf(formatClock(asOfMs))}</span> : null}
      {still ? <span> · {explorerWords.frozen}</span> : null}
    </p>
  );
}
