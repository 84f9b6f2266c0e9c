import { axisTicks, logTicks } from "./axis-ticks.ts";
import { type BandPoint, needsLog } from "./band-data.ts";

const tickCount = 4;

/** The axis of values of a band chart, the same for its first picture and for Recharts: its ticks, and the share of its height at which a value stands. */
export function bandValueAxis(points: readonly BandPoint[]): {
  isLog: boolean;
  ticks: number[];
  share: (value: number) => number;
} {
  const isLog = needsLog(points);
  const top = Math.max(...points.map(({ high }) => high), ...points.map(({ compared }) => compared ?? 0), 0);
  const ticks = isLog
    ? logTicks(Math.min(...points.map(({ low }) => low)), top)
    : axisTicks(top, tickCount, false);
  const [least = 0] = ticks;
  const last = ticks.at(-1) ?? 1;
  const share = (value: number) =>
    isLog ? Math.log(Math.max(value, least) / least) / Math.log(last / least) : value / last;
  return { isLog, ticks, share };
}
