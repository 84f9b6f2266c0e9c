const ticks = 6;
const minuteMs = 60_000;

/** Where a time axis is labelled: some six whole steps of minutes. */
export function timeTicks(fromMs: number, toMs: number): number[] {
  const step = Math.max(minuteMs, Math.ceil((toMs - fromMs) / ticks / minuteMs) * minuteMs);
  const first = Math.ceil(fromMs / step) * step;
  return Array.from({ length: ticks + 1 }, (_, index) => first + index * step).filter((at) => at < toMs);
}
