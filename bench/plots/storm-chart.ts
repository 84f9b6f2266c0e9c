import type { StormRun } from "../storm/run-storm.ts";
import { bucketMs, type CallFate } from "../storm/service-counters.ts";
import { type StormCaseName, serviceCallsPerSecond, stormCases } from "../storm/storm-case.ts";
import type { PanelChart, Series } from "./panel-chart.ts";

/** Buckets of the report that one point of the curve averages: half a second. */
const smoothed = 5;

const fates: { fate: CallFate; name: string; colour: string }[] = [
  { fate: "accepted", name: "served", colour: "#5b8fc7" },
  { fate: "failed", name: "failed (503)", colour: "#b8442f" },
  { fate: "hung", name: "hanging", colour: "#7a4fa3" },
  { fate: "refused", name: "refused (429)", colour: "#e0a03c" },
];

/** Calls a second from counts of each 100 ms, a point each half second. */
export function ratePoints(counts: readonly number[]): [number, number][] {
  const points: [number, number][] = [];
  for (let first = 0; first < counts.length; first += smoothed) {
    const part = counts.slice(first, first + smoothed);
    const seconds = (part.length * bucketMs) / 1000;
    const rate = part.reduce((sum, count) => sum + count, 0) / seconds;
    points.push([((first + part.length / 2) * bucketMs) / 1000, rate]);
  }
  return points;
}

/** Calls a second at the service, a panel a system. */
export function stormChart(name: StormCaseName, runs: ReadonlyMap<string, StormRun>): PanelChart {
  const [first] = runs.values();
  if (!first) throw new Error(`no runs of storm ${name}`);
  const { warmUpMs, downMs } = first.times;
  const upSeconds = (warmUpMs + downMs) / 1000;
  const longest = Math.max(...[...runs.values()].map(({ service }) => service.buckets.accepted.length));
  const { slots, downMode } = stormCases[name];
  const met = fates.filter(({ fate }) =>
    [...runs.values()].some(({ service }) => service.buckets[fate].some((count) => count > 0)),
  );
  return {
    title: `Storm ${name}: a service ${downMode} for ${downMs / 1000} s, ${slots} slots`,
    subtitle:
      "150 jobs/s arrive for a service of 200 calls/s; each system until its backlog is gone, or 4 × the ideal time is over",
    xTitle: "seconds",
    yTitle: "calls/s at the service",
    xMax: (longest * bucketMs) / 1000,
    yMax: 600,
    shaded: { from: warmUpMs / 1000, to: upSeconds, name: "down" },
    limit: { y: serviceCallsPerSecond, name: "what the service takes" },
    panels: [...runs].map(([system, run]) => ({
      title: system,
      note: sayRun(run),
      series: met.map(
        ({ fate, name: called, colour }): Series => ({
          name: called,
          colour,
          stacked: true,
          points: ratePoints(run.service.buckets[fate]),
        }),
      ),
    })),
  };
}

function sayRun({ service, drainedMs, dead }: StormRun): string {
  const drained = drainedMs === null ? "never drained" : `drained after ${(drainedMs / 1000).toFixed(0)} s`;
  const { outage, recovery } = service.phases;
  return `${outage.calls} calls while down, ${recovery.refused} refused after, ${drained}, ${dead} dead`;
}
