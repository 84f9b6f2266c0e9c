/** A part of a sketch: an SVG path in a box of 1,000 × 1,000. */
export interface SketchShape {
  key: string;
  kind: "area" | "line";
  path: string;
  colour: string;
  opacity?: number;
  /** Dash pattern of a line; absent for a full one. */
  dash?: string;
}

/** A point of the plot: shares from the left and from the bottom, 0…1. */
export type PlotPoint = readonly [x: number, y: number];

const at = ([x, y]: PlotPoint) => `${round(x * 1_000)} ${round((1 - y) * 1_000)}`;
const round = (value: number) => Math.round(value * 10) / 10;

/** A line through points; null breaks it. */
export function linePath(points: readonly (PlotPoint | null)[]): string {
  let isOpen = false;
  return points
    .map((point) => {
      if (point === null) {
        isOpen = false;
        return "";
      }
      const step = `${isOpen ? "L" : "M"}${at(point)}`;
      isOpen = true;
      return step;
    })
    .join("");
}

/** Upright boxes from `low` to `high`, each from `x` to `to`: bars, and the steps of a stacked area. */
export function boxesPath(boxes: readonly { x: number; to: number; low: number; high: number }[]): string {
  return boxes
    .filter(({ low, high }) => high > low)
    .map(
      ({ x, to, low, high }) =>
        `M${at([x, low])}V${round((1 - high) * 1_000)}H${round(to * 1_000)}V${round((1 - low) * 1_000)}Z`,
    )
    .join("");
}

/** The area between a lower and an upper line over the same places. */
export function bandPath(points: readonly { x: number; low: number; high: number }[]): string {
  if (points.length === 0) return "";
  const upper = points.map(({ x, high }): PlotPoint => [x, high]);
  const lower = points.map(({ x, low }): PlotPoint => [x, low]).reverse();
  return `${linePath(upper)}${linePath(lower).replace("M", "L")}Z`;
}
