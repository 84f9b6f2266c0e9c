import { quantile } from "../harness/summarise.ts";
import { type ClassName, classNames, type MixedJob, type MixRun } from "../starvation/run-mix.ts";
import type { PanelChart, Series } from "./panel-chart.ts";

export interface MixTrace extends MixRun {
  floodMs: number;
}

const looks: Readonly<Record<ClassName, { name: string; colour: string; share: number }>> = {
  high: { name: "high: median wait", colour: "#2f5fa8", share: 0.5 },
  low: { name: "low: longest wait", colour: "#c2622d", share: 1 },
};

/** A quantile of the waits in seconds, by the second in which jobs were due. */
export function waitPoints(jobs: readonly MixedJob[], overMs: number, share: number): [number, number][] {
  const bySecond = Map.groupBy(jobs, ({ dueMs }) => Math.floor(dueMs / 1000));
  return [...bySecond]
    .sort(([a], [b]) => a - b)
    .map(([second, some]) => [
      second + 0.5,
      quantile(
        some.map((job) => ((job.startMs ?? overMs) - job.dueMs) / 1000),
        share,
      ),
    ]);
}

/** Waits by class over the time when jobs were due, a panel a system. */
export function starvationChart(runs: ReadonlyMap<string, MixTrace>): PanelChart {
  const [first] = runs.values();
  if (!first) throw new Error("no runs of starvation");
  const seconds = first.floodMs / 1000;
  const panels = [...runs].map(([system, { jobs, overMs, floodMs }]) => ({
    title: system,
    note: `${jobs.low.filter(({ endMs }) => endMs !== null && endMs <= floodMs).length} of ${jobs.low.length} low jobs done in the flood`,
    series: classNames.map((name): Series => {
      const { share, ...look } = looks[name];
      return { ...look, stacked: false, points: waitPoints(jobs[name], overMs, share) };
    }),
  }));
  const longest = Math.max(
    ...panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([, y]) => y))),
  );
  return {
    title: `Starvation: high priority at 120 % of capacity for ${seconds} s`,
    subtitle: "20 slots of 50 ms; 100 low jobs at the start and 5 a second; waits by when a job was due",
    xTitle: "seconds",
    yTitle: "wait, s",
    xMax: seconds,
    yMax: Math.ceil(longest / 10) * 10,
    panels,
  };
}
