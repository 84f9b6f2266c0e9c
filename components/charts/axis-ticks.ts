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

/** Labels nearer to each other than this would touch. */
const leastRatio = 1.8;

/** Ticks of a logarithmic axis: the ends and the powers of ten between them that keep their distance. */
export function logTicks(least: number, top: number): number[] {
  const ticks = [least];
  for (let tick = 10 ** Math.ceil(Math.log10(least)); tick * leastRatio < top; tick *= 10)
    if (tick > least * leastRatio) ticks.push(tick);
  if (top > least) ticks.push(top);
  return ticks;
}
