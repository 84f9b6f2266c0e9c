"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { railWords } from "#app/words/rail-words.ts";
import { cn } from "#components/ui/cn.ts";

/** How many breakers are not simply closed, beside their page in the rail; red while one holds jobs. Absent for none. */
export function RailBreakers() {
  const trpc = useTRPC();
  // The stream keeps it fresh.
  const { data: board } = useQuery(trpc.overview.board.queryOptions());
  const breakers = board?.attention?.breakers ?? [];
  if (breakers.length === 0) return null;
  return (
    <span
      title={railWords.breakers(breakers.length)}
      className={cn(
        "font-mono text-sm xl:ml-auto",
        breakers.some(({ isShut }) => isShut) ? "text-gate-stop" : "text-ink-3",
      )}
    >
      {breakers.length}
    </span>
  );
}
