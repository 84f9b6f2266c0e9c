import { axisTicks, logTicks } from "./axis-ticks.ts";
import type { ChartData } from "./chart-data.ts";

const tickCount = 3;

/** The axis of values of a chart over time, the same for its first picture and for Recharts: its ticks, and the share of its height at which a value stands. */
export function timeValueAxis({ points, series, kind, scale }: ChartData) {
  const values = points.flatMap(({ values: at }) => {
    if (at === null) return [];
    const each = series.map(({ key }) => at[key] ?? 0);
    return kind === "lines" ? each : [each.reduce((sum, value) => sum + value, 0)];
  });
  if (scale === "log") {
    const above = values.filter((value) => value > 0);
    const ticks = logTicks(Math.min(1, ...above), Math.max(10, ...above));
    const [least = 1] = ticks;
    const span = Math.log((ticks.at(-1) ?? 10) / least);
    return { ticks, share: (value: number) => Math.log(Math.max(value, least) / least) / span };
  }
  const ticks = axisTicks(Math.max(0, ...values), tickCount, kind !== "lines");
  const top = ticks.at(-1) ?? 1;
  return { ticks, share: (value: number) => value / top };
}
