"use client";

import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import type { JobQueryState } from "./use-job-query.ts";

/** How often what is in sight is looked at again, ms, counted from the answer. */
const watchMs = 3_000;
/** Most rows that are held at once. */
export const mostRows = 10_000;
const pageRows = 100;

/**
 * Jobs as one goes down the list, a page after another, whose rows keep their places: what changes of those in sight is put
 * in place, and newer jobs are only counted until somebody asks for them. `still` stops both.
 */
export function useJobList(
  { filter, paths, at, ready, problems }: JobQueryState,
  visibleIds: readonly string[],
  still: boolean,
) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const input = { filter, columns: paths };
  const options = trpc.jobs.list.infiniteQueryOptions(input, {
    initialCursor: at,
    getNextPageParam: (page) => page.nextCursor,
    getPreviousPageParam: (page) => page.previousCursor,
    enabled: ready && problems.length === 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: false,
    retry: false,
    placeholderData: keepPreviousData,
  });
  const list = useInfiniteQuery(options);
  const pages = list.data?.pages;
  const jobs = useMemo(() => pages?.flatMap((page) => page.jobs) ?? [], [pages]);
  const newest = at === null ? (jobs[0]?.id ?? null) : null;
  const watch = useQuery(
    trpc.jobs.watch.queryOptions(
      { ids: visibleIds.slice(0, 200), filter, newest },
      {
        enabled: jobs.length > 0 && !list.isPlaceholderData && !still,
        refetchInterval: watchMs,
        staleTime: watchMs,
        gcTime: 0,
        placeholderData: keepPreviousData,
      },
    ),
  );
  const seen = still ? undefined : watch.data;
  const key = JSON.stringify(options.queryKey);
  useEffect(() => {
    if (!seen) return;
    const now = new Map(seen.jobs.map((job) => [job.id, job]));
    type Pages = InfiniteData<NonNullable<typeof pages>[number], string | null>;
    queryClient.setQueryData<Pages>(JSON.parse(key), (old) =>
      old
        ? {
            ...old,
            pages: old.pages.map((page) =>
              page.jobs.some((job) => now.has(job.id))
                ? { ...page, jobs: page.jobs.map((job) => ({ ...job, ...now.get(job.id) })) }
                : page,
            ),
          }
        : old,
    );
  }, [seen, key, queryClient]);

  // An empty list has nothing to watch: it is asked for anew, so that the first job appears by itself.
  const empty = jobs.length === 0 && list.isSuccess && !list.hasNextPage && !still;
  const { refetch } = list;
  useEffect(() => {
    if (!empty) return;
    const timer = setInterval(() => document.hidden || refetch(), watchMs);
    return () => clearInterval(timer);
  }, [empty, refetch]);

  const last = pages?.at(-1);
  const looking = useKeepLooking(list, jobs.length);
  return {
    list,
    jobs,
    /** Newer jobs, up to 101. */
    newer: newest === null || still ? 0 : (watch.data?.newer ?? 0),
    asOfMs: watch.data?.asOfMs ?? pages?.[0]?.asOfMs ?? null,
    full: jobs.length >= mostRows,
    /** Of a look that ended early: how many jobs were looked at, and back to when. */
    looked:
      last && last.lookedToMs !== null
        ? { examined: pages?.reduce((sum, page) => sum + page.examined, 0) ?? 0, toMs: last.lookedToMs }
        : null,
    looking,
    /** Forgets the pages and begins anew at the top. */
    restart: () => {
      queryClient.removeQueries({ queryKey: options.queryKey });
      return refetch();
    },
  };
}

interface Pager {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
}

/** Looks on, page after page, until a page of jobs is found, the end is reached, or somebody stops it. */
function useKeepLooking(list: Pager, rows: number) {
  const [from, setFrom] = useState<number | null>(null);
  const pager = useRef(list);
  useEffect(() => {
    pager.current = list;
  });
  const on = from !== null && list.hasNextPage && !list.isError && rows < Math.min(from + pageRows, mostRows);
  useEffect(() => {
    if (from !== null && !on) setFrom(null);
    if (on && !list.isFetchingNextPage) pager.current.fetchNextPage();
  }, [from, on, list.isFetchingNextPage]);
  return { on, start: () => setFrom(rows), stop: () => setFrom(null) };
}
