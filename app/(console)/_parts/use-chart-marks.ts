"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { sayAct, sayKind } from "#app/words/audit-words.ts";
import type { ChartMark } from "#components/charts/chart-data.ts";
import { automationMark } from "./automation-mark.ts";

/** Actors that are no person. */
const automatic = /^(system|dispatcher|sdk|signalbox)(:|$)/;
const once = { placeholderData: keepPreviousData, staleTime: 10_000 };

/**
 * What was done in a span of time that may have changed how work flows, of all queues or of one, for its charts: acts of
 * people and what Signalbox did by itself.
 */
export function useChartMarks(fromMs: number, toMs: number, queue: string | null): readonly ChartMark[] {
  const trpc = useTRPC();
  const acts = useQuery(trpc.audit.marks.queryOptions({ fromMs, toMs, queue }, once));
  const events = useQuery(trpc.automation.marks.queryOptions({ fromMs, toMs, queue }, once));
  const marks = (acts.data?.marks ?? []).map(
    (mark): ChartMark => ({
      atMs: mark.atMs,
      label: `${mark.actor} ${sayAct(mark)} ${sayKind(mark.objectKind)} ${mark.objectId}${mark.reason ? `: ${mark.reason}` : ""}`,
      kind: automatic.test(mark.actor) ? "automatic" : "operator",
      href: `/audit?entry=${mark.seq}`,
    }),
  );
  return [...marks, ...(events.data?.marks ?? []).map(automationMark)].sort((a, b) => a.atMs - b.atMs);
}
