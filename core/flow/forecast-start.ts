/** When a job in line is likely to start: `inMs` in the middle, between `fromMs` and `toMs` in eight of ten cases. */
export interface StartForecast {
  inMs: number;
  fromMs: number;
  toMs: number;
}

/** The standard normal at 10 % and 90 %. */
const z = 1.281552;

/**
 * When a job with `ahead` jobs before it in its line starts, if the line goes on as it did: `starts` of it in the last
 * `windowMs`. Null when nothing started. Starts are taken as a Poisson process whose rate is known only by that count, so
 * the wait for k = ahead + 1 starts, divided by k · windowMs ÷ starts, follows the F distribution with 2k and 2 · starts
 * degrees of freedom. `inMs` is its median, `fromMs` and `toMs` its 10th and 90th percentile, by Paulson's approximation
 * (Annals of Mathematical Statistics 13, 1942), which is within a tenth of the exact ones even for 1 start.
 */
export function forecastStart(line: {
  ahead: number;
  starts: number;
  windowMs: number;
}): StartForecast | null {
  const { ahead, starts, windowMs } = line;
  if (starts <= 0) return null;
  const waited = ahead + 1;
  const centreMs = (waited * windowMs) / starts;
  const a = 1 / (9 * waited);
  const b = 1 / (9 * starts);
  const quantile = (normal: number) => {
    const spread = Math.sqrt((1 - a) ** 2 * b + (1 - b) ** 2 * a - normal ** 2 * a * b);
    const root = ((1 - a) * (1 - b) + normal * spread) / ((1 - b) ** 2 - normal ** 2 * b);
    return centreMs * Math.max(0, root) ** 3;
  };
  return { inMs: quantile(0), fromMs: quantile(-z), toMs: quantile(z) };
}
