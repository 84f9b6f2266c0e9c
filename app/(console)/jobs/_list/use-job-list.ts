"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import type { JobFilterState } from "./use-job-filter.ts";

/** How often what is in sight is looked at again, ms, counted from the answer. */
const watchMs = 3_000;

/**
 * A page of jobs whose rows keep their places: what changes of them is put in place, and newer jobs are only counted
 * until somebody asks for them.
 */
export function useJobList({ filter, values }: JobFilterState) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const input = { filter, cursor: values.cursor };
  const list = useQuery(
    trpc.jobs.list.queryOptions(input, {
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnMount: "always",
    }),
  );
  const jobs = list.data?.jobs ?? [];
  const first = jobs[0];
  const watched = {
    ids: jobs.map((job) => job.id),
    filter,
    newest: values.cursor === null && first ? { id: first.id, createdAtMs: first.createdAtMs } : null,
  };
  const watch = useQuery(
    trpc.jobs.watch.queryOptions(watched, {
      enabled: jobs.length > 0 && !list.isPlaceholderData,
      refetchInterval: watchMs,
      staleTime: watchMs,
      gcTime: 0,
    }),
  );
  const seen = watch.data;
  const key = JSON.stringify(input);
  useEffect(() => {
    if (!seen) return;
    const now = new Map(seen.jobs.map((job) => [job.id, job]));
    queryClient.setQueryData(trpc.jobs.list.queryKey(JSON.parse(key)), (old) =>
      old ? { ...old, asOfMs: seen.asOfMs, jobs: old.jobs.map((job) => now.get(job.id) ?? job) } : old,
    );
  }, [seen, key, queryClient, trpc]);
  // An empty page has nothing to watch: it is asked for anew, so that the first job appears by itself.
  const empty = list.data?.jobs.length === 0;
  const { refetch } = list;
  useEffect(() => {
    if (!empty) return;
    const timer = setInterval(() => document.hidden || refetch(), watchMs);
    return () => clearInterval(timer);
  }, [empty, refetch]);
  return { list, jobs, newer: watch.data?.newer ?? 0 };
}
