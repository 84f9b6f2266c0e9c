"use client";

import { useQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "#app/_trpc/react.tsx";
import { pageWords } from "#app/words/page-words.ts";
import { cn } from "#components/ui/cn.ts";

/** The way to the bulk operations, only while there are some that are not over, or on their own pages. */
export function RailBulk({ here }: { here: boolean }) {
  const trpc = useTRPC();
  // The stream keeps it fresh.
  const { data: board } = useQuery(trpc.overview.board.queryOptions());
  const { running, halted } = board?.bulk ?? { running: 0, halted: 0 };
  if (running === 0 && !here) return null;
  return (
    <li className="max-sm:hidden">
      <Link
        href="/bulk"
        aria-current={here ? "page" : undefined}
        title={pageWords.frame.bulkTitle}
        className={cn(
          "flex items-center gap-2 rounded-md text-ink-2 hover:bg-hover hover:text-ink",
          "sm:h-7 sm:px-2 sm:max-xl:h-8 sm:max-xl:justify-center",
          here && "bg-selected font-medium text-ink",
        )}
      >
        <ListChecks aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        <span className="sm:max-xl:sr-only">{pageWords.frame.bulk}</span>
        {running > 0 ? (
          <span className={cn("font-mono text-sm xl:ml-auto", halted > 0 ? "text-gate-stop" : "text-ink-3")}>
            {running}
          </span>
        ) : null}
      </Link>
    </li>
  );
}
