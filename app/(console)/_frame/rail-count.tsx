"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#app/_trpc/react.tsx";
import { railWords } from "#app/words/rail-words.ts";
import { cn } from "#components/ui/cn.ts";

/** How many alerts are open, beside their page in the rail; red while one asks for somebody. Absent for none. */
export function RailCount() {
  const trpc = useTRPC();
  // The stream keeps it fresh.
  const { data: board } = useQuery(trpc.overview.board.queryOptions());
  const { open, urgent } = board?.alerts ?? { open: 0, urgent: 0 };
  if (open === 0) return null;
  return (
    <span
      title={railWords.alerts(open)}
      className={cn("font-mono text-sm xl:ml-auto", urgent > 0 ? "text-gate-stop" : "text-ink-3")}
    >
      {open}
    </span>
  );
}
