import type { BandData } from "./band-data.ts";
import { bandValueAxis } from "./band-value-axis.ts";
import type { Sketch } from "./chart-sketch.tsx";
import { bandPath, linePath, type PlotPoint } from "./sketch-shape.ts";

const xTickCount = 10;

/** The first picture of a band over steps. */
export function sketchBandChart({ points, format }: BandData): Sketch {
  const firstX = points[0]?.x ?? 0;
  const span = Math.max(1, (points.at(-1)?.x ?? 1) - firstX);
  const x = (step: number) => (step - firstX) / span;
  const { ticks, share: y } = bandValueAxis(points);
  const line = (of: (point: BandData["points"][number]) => number | null) =>
    linePath(
      points.map((point): PlotPoint | null => {
        const value = of(point);
        return value === null ? null : [x(point.x), y(value)];
      }),
    );
  const every = Math.ceil(points.length / xTickCount);
  return {
    shapes: [
      {
        key: "band",
        kind: "area",
        path: bandPath(points.map((point) => ({ x: x(point.x), low: y(point.low), high: y(point.high) }))),
        colour: "var(--accent)",
        opacity: 0.22,
      },
      {
        key: "compared",
        kind: "line",
        path: line(({ compared }) => compared),
        colour: "var(--ink-3)",
        dash: "3 3",
      },
      { key: "mid", kind: "line", path: line(({ mid }) => mid), colour: "var(--accent)" },
    ],
    xTicks: points
      .filter((_, index) => index % every === 0)
      .map((point) => ({ at: x(point.x), label: String(point.x) })),
    yTicks: ticks.map((tick) => ({ at: y(tick), label: format(tick) })),
  };
}
