import type { Measurement, Metric, MetricSummary, Summary } from "./bench.ts";

/** The value below which `share` (0 to 1) of the sorted values lie, by linear interpolation. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** Median, least and greatest of each metric over the rounds, and Signalbox's median over each other's. */
export function summarise(metrics: readonly Metric[], runs: ReadonlyMap<string, Measurement[]>): Summary {
  const summary: Summary = {};
  for (const { key } of metrics) {
    const metric: MetricSummary = { median: {}, min: {}, max: {}, ratio: {} };
    for (const [contender, measurements] of runs) {
      const values = measurements.map((run) => run[key]).filter((value) => typeof value === "number");
      if (values.length === 0) continue;
      metric.median[contender] = quantile(values, 0.5);
      metric.min[contender] = Math.min(...values);
      metric.max[contender] = Math.max(...values);
    }
    const own = metric.median.signalbox;
    for (const [contender, value] of Object.entries(metric.median)) {
      if (own !== undefined && contender !== "signalbox" && value > 0) metric.ratio[contender] = own / value;
    }
    summary[key] = metric;
  }
  return summary;
}
