"use client";

import { useFreshness } from "#app/_live/use-freshness.ts";
import { pageWords } from "#app/words/page-words.ts";
import { formatClock } from "#components/domain/format-instant.ts";
import { cn } from "#components/ui/cn.ts";
import { Explained } from "#components/ui/explained.tsx";
import { words } from "#components/words.ts";

const { frame } = pageWords;
const told = { live: frame.live, connecting: frame.connecting, stale: frame.stale };

/** When the figures on the page were read, and whether more are coming. */
export function AsOf() {
  const { state, asOfMs, because } = useFreshness();
  return (
    <Explained
      why={state === "live" ? frame.liveWhy : (because ?? frame.lost)}
      place="right"
      className={cn(
        "flex h-7 items-center gap-1.5 rounded-md px-1.5 text-sm whitespace-nowrap text-ink-3 hover:bg-hover",
        state === "stale" && "text-gate-caution",
      )}
    >
      <span
        aria-hidden
        className={cn(
          "size-1.5 rounded-full",
          state === "live" && "bg-gate-open",
          state === "connecting" && "border border-ink-3",
          state === "stale" && "rounded-none bg-gate-caution",
        )}
      />
      <span className="max-sm:sr-only">
        {asOfMs === null ? words.none : frame.asOf(formatClock(asOfMs))} ·{" "}
      </span>
      {told[state]}
    </Explained>
  );
}
