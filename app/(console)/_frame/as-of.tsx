"use client";

import { pageWords } from "#app/words/page-words.ts";
import { formatClock } from "#components/domain/format-instant.ts";
import { useNowMs } from "#components/domain/now.ts";
import { cn } from "#components/ui/cn.ts";
import { Explained } from "#components/ui/explained.tsx";
import { words } from "#components/words.ts";
import { useLive } from "../../_live/live-provider.tsx";

/** Figures older than this are told as not live, ms. */
const lateMs = 5_000;
const { frame } = pageWords;

/** When the figures on the page were read, and whether more are coming. */
export function AsOf() {
  const live = useLive();
  const nowMs = useNowMs();
  const late = live.asOfMs !== null && nowMs - live.asOfMs > lateMs;
  const state = live.because || late ? "stale" : live.asOfMs === null ? "connecting" : live.link;
  const word = { live: frame.live, connecting: frame.connecting, stale: frame.stale }[state];
  const why = state === "live" ? frame.liveWhy : (live.because ?? frame.lost);
  return (
    <Explained
      why={why}
      place="right"
      className={cn(
        "flex h-7 items-center gap-1.5 rounded-md px-1.5 text-sm whitespace-nowrap text-ink-3",
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
        {live.asOfMs === null ? words.none : frame.asOf(formatClock(live.asOfMs))} ·{" "}
      </span>
      {word}
    </Explained>
  );
}
