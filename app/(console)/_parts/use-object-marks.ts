"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { sayActAlone } from "#app/words/audit-words.ts";
import type { ChartMark } from "#components/charts/chart-data.ts";
import { automationMark } from "./automation-mark.ts";

const staleMs = 10_000;
/** Acts of people on one object that are marked: the latest. */
const mostActs = 50;

/** What was done to one object in a span of time, by people and by Signalbox, for its charts. */
export function useObjectMarks(
  object: { kind: string; id: string },
  { fromMs, toMs }: { fromMs: number; toMs: number },
): readonly ChartMark[] {
  const trpc = useTRPC();
  const automatic = useQuery(
    trpc.automation.marks.queryOptions(
      { fromMs, toMs, object },
      { placeholderData: keepPreviousData, staleTime: staleMs },
    ),
  );
  const acts = useQuery(
    trpc.audit.ofObject.queryOptions(
      { objectKind: object.kind, objectId: object.id, limit: mostActs },
      { staleTime: staleMs },
    ),
  );
  const byPeople = (acts.data?.entries ?? [])
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    .map((entry): ChartMark => {
      const why = entry.reason ? `: ${entry.reason}` : "";
      return {
        atMs: entry.atMs,
        label: `${entry.actor} ${sayActAlone(entry)}${why}`,
        kind: "operator",
        href: `/audit?entry=${entry.seq}`,
      };
    });
  return [...(automatic.data?.marks ?? []).map(automationMark), ...byPeople].sort((a, b) => a.atMs - b.atMs);
}
