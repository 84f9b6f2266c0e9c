/** One place of a band chart: a middle within its range, and the middle of what it is compared with (null: none there). */
export interface BandPoint {
  x: number;
  low: number;
  mid: number;
  high: number;
  compared: number | null;
}

/** What a band chart draws: a range and its middle over steps. Values are not negative. */
export interface BandData {
  title: string;
  /** What the steps are, as in 'attempt'. */
  xLabel: string;
  bandLabel: string;
  midLabel: string;
  comparedLabel: string;
  points: readonly BandPoint[];
  format: (value: number) => string;
}

/** Whether the axis must be logarithmic: the largest value is more than 100 times the smallest that is not 0. */
export function needsLog(points: readonly BandPoint[]): boolean {
  const values = points.flatMap(({ low, high }) => [low, high]);
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) > 100 * least;
}
