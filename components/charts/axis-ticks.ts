/** Ticks of an axis from 0: at most `most` steps of 1, 2, 2.5 or 5 times a power of ten, the last at or above `top`. */
export function axisTicks(top: number, most: number, whole: boolean): number[] {
  const rough = (top > 0 && !whole ? top : Math.max(top, 1)) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 2.5, 5, 10].map((factor) => factor * power);
  const step =
    steps.find((each) => each >= rough * (1 - 1e-9) && (!whole || Number.isInteger(each))) ??
    Math.ceil(rough);
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Labels of a logarithmic axis that are nearer to each other than this share of it would touch. */
const leastShare = 0.13;

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** What clocks call round, ms; below a second, and above ten days, powers of ten are. */
const round = [1_000, 10_000, minuteMs, 10 * minuteMs, hourMs, 10 * hourMs, 4 * dayMs, 40 * dayMs];
const ends = [
  ...[1, 2, 5, 10, 20, 30].flatMap((count) => [count * 1_000, count * minuteMs]),
  ...[1, 2, 5, 10].map((count) => count * hourMs),
  ...[1, 2, 5, 10, 20, 50, 100].map((count) => count * dayMs),
].sort((a, b) => a - b);

/**
 * Ticks of a logarithmic axis of durations, ms: round ends about `least` and `top`, and between them the steps a clock
 * has (100 ms, 1 s, 10 s, 1 min, 10 min, 1 h …) whose labels do not touch.
 */
export function logTicks(least: number, top: number): number[] {
  const first = roundEnd(least, "below");
  const last = roundEnd(top, "above");
  if (last <= first) return [first];
  const between: number[] = [];
  for (let tick = 10 ** Math.ceil(Math.log10(first)); tick < Math.min(last, 1_000); tick *= 10)
    between.push(tick);
  const share = (tick: number) => Math.log(tick / first) / Math.log(last / first);
  const kept = [first];
  for (const tick of [...between, ...round])
    if (share(tick) - share(kept.at(-1) ?? first) >= leastShare && share(tick) <= 1 - leastShare)
      kept.push(tick);
  return [...kept, last];
}

/** The nearest round duration that is not beyond this one: 1, 2 or 5 times a power of ten below a second, else as a clock counts. */
function roundEnd(ms: number, side: "below" | "above"): number {
  const power = 10 ** Math.floor(Math.log10(ms) + 1e-9);
  const decimal = [1, 2, 5, 10].map((factor) => Number((factor * power).toPrecision(1)));
  const near =
    ms < 1_000 || ms > (ends.at(-1) ?? 0) ? decimal : [...decimal.filter((at) => at < 1_000), ...ends];
  if (side === "above") return near.find((each) => each >= ms * (1 - 1e-9)) ?? ms;
  return near.findLast((each) => each <= ms * (1 + 1e-9)) ?? ms;
}
