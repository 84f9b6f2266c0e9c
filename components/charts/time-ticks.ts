const labels = 6;
const minuteMs = 60_000;
/** Steps that a clock has, min: from one minute to a day. */
const steps = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1_440];
/** A label nearer to the end than this share of the axis would be cut off there. */
const endShare = 0.04;

/** Where a time axis is labelled: at most six round times of the clock, none where its label would be cut off. */
export function timeTicks(fromMs: number, toMs: number): number[] {
  const least = (toMs - fromMs) / labels / minuteMs;
  const step = (steps.find((each) => each >= least) ?? Math.ceil(least / 1_440) * 1_440) * minuteMs;
  const first = Math.ceil(fromMs / step) * step;
  const lastMs = toMs - (toMs - fromMs) * endShare;
  return Array.from({ length: labels + 1 }, (_, index) => first + index * step).filter((at) => at <= lastMs);
}
