import type { ChartMark } from "./chart-data.ts";

/** Marks that stand too close to each other to be told apart. */
export interface MarkCluster {
  /** Place on the axis, 0 to 1. */
  at: number;
  marks: ChartMark[];
}

/** Marks of a span by their place on it, those nearer than `apart` (a share of the span) to the first of them together. */
export function clusterMarks(
  marks: readonly ChartMark[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  apart: number,
): MarkCluster[] {
  const clusters: MarkCluster[] = [];
  const within = marks.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  for (const mark of [...within].sort((a, b) => a.atMs - b.atMs)) {
    const at = (mark.atMs - fromMs) / (toMs - fromMs);
    const last = clusters.at(-1);
    if (last && at - last.at < apart) last.marks.push(mark);
    else clusters.push({ at, marks: [mark] });
  }
  return clusters;
}
