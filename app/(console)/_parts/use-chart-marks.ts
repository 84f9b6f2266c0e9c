"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { sayAct, sayKind } from "#app/words/audit-words.ts";
import type { ChartMark } from "#components/charts/chart-data.ts";

/** Actors that are no person. */
const automatic = /^(system|dispatcher|sdk)(:|$)/;

/** What was done in a span of time that may have changed how work flows, of all queues or of one, for its charts. */
export function useChartMarks(fromMs: number, toMs: number, queue: string | null): readonly ChartMark[] {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.audit.marks.queryOptions(
      { fromMs, toMs, queue },
      { placeholderData: keepPreviousData, staleTime: 10_000 },
    ),
  );
  return (data?.marks ?? []).map((mark) => ({
    atMs: mark.atMs,
    label: `${mark.actor} ${sayAct(mark)} ${sayKind(mark.objectKind)} ${mark.objectId}${mark.reason ? `: ${mark.reason}` : ""}`,
    kind: automatic.test(mark.actor) ? "automatic" : "operator",
    href: `/audit?entry=${mark.seq}`,
  }));
}
