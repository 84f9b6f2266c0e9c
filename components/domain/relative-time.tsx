"use client";

import { words } from "../words.ts";
import { formatAge } from "./format-duration.ts";
import { formatExactInstant } from "./format-instant.ts";
import { useNowMs } from "./now.ts";

/** An instant as its distance from now ('3 min ago', 'in 40 s'); exact to the millisecond on hover. */
export function RelativeTime({ atMs, className }: { atMs: number | null; className?: string }) {
  const nowMs = useNowMs();
  if (atMs === null) return <span className="text-ink-3">{words.none}</span>;
  const distanceMs = nowMs - atMs;
  const told =
    nowMs === 0
      ? words.none
      : Math.abs(distanceMs) < 1_000
        ? words.justNow
        : distanceMs < 0
          ? words.inTime(formatAge(-distanceMs))
          : words.ago(formatAge(distanceMs));
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExactInstant(atMs)} className={className}>
      {told}
    </time>
  );
}
