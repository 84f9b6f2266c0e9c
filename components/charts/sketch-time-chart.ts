import { formatClockShort } from "../domain/format-instant.ts";
import { type ChartData, isUnfinished } from "./chart-data.ts";
import type { Sketch } from "./chart-sketch.tsx";
import { boxesPath, linePath, type PlotPoint, type SketchShape } from "./sketch-shape.ts";
import { timeTicks } from "./time-ticks.ts";
import { timeValueAxis } from "./time-value-axis.ts";

/** The first picture of a chart over time. */
export function sketchTimeChart(data: ChartData): Sketch {
  const { points, series, fromMs, toMs, kind, format } = data;
  const x = (atMs: number) => Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs)));
  const y = timeValueAxis(data);
  const shapes = kind === "lines" ? lines(data, x, y.share) : stacks(data, x, y.share);
  return {
    shapes: points.length === 0 || series.length === 0 ? [] : shapes,
    xTicks: timeTicks(fromMs, toMs).map((atMs) => ({ at: x(atMs), label: formatClockShort(atMs) })),
    yTicks: y.ticks.map((tick) => ({ at: y.share(tick), label: format(tick) })),
  };
}

type Share = (value: number) => number;

function lines(data: ChartData, x: Share, y: Share): SketchShape[] {
  const open = data.points.findIndex((point) => isUnfinished(point.atMs, data));
  const done = open === -1 ? data.points.length : open;
  return data.series.flatMap(({ key, colour, dashed }): SketchShape[] => {
    const at = data.points.map(({ atMs, values }): PlotPoint | null => {
      const value = values === null ? null : (values[key] ?? 0);
      const isGap = value === null || (data.scale === "log" && value <= 0);
      return isGap ? null : [x(atMs), y(value)];
    });
    return [
      { key, kind: "line", path: linePath(at.slice(0, done)), colour, dash: dashed ? "5 3" : undefined },
      { key: `${key}~`, kind: "line", path: linePath(at.slice(Math.max(0, done - 1))), colour, dash: "2 3" },
    ];
  });
}

function stacks(data: ChartData, x: Share, y: Share): SketchShape[] {
  const below = data.points.map(() => 0);
  const gap = data.kind === "bars" ? data.bucketMs * 0.05 : 0;
  return data.series.flatMap(({ key, colour }): SketchShape[] => {
    const boxes = data.points.map(({ atMs, values }, index) => {
      const low = below[index] ?? 0;
      const high = low + (values?.[key] ?? 0);
      below[index] = high;
      return { x: x(atMs + gap), to: x(atMs + data.bucketMs - gap), low: y(low), high: y(high) };
    });
    const open = data.points.map((point) => isUnfinished(point.atMs, data));
    return [
      { key, kind: "area", path: boxesPath(boxes.filter((_, index) => !open[index])), colour },
      {
        key: `${key}~`,
        kind: "area",
        path: boxesPath(boxes.filter((_, index) => open[index])),
        colour,
        opacity: 0.55,
      },
    ];
  });
}
