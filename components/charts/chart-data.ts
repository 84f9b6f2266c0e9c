/** One line, area or stack of a chart. */
export interface ChartSeries {
  key: string;
  label: string;
  colour: string;
  /** A line that is dashed throughout: what is still going on, beside what has ended. */
  dashed?: boolean;
}

/** Something that was done at a moment, by a person or by Signalbox; `href` is where it is told in full. */
export interface ChartMark {
  atMs: number;
  label: string;
  kind: "operator" | "automatic";
  href?: string;
}

/** The values of one bucket, by the key of their series; a missing one is 0. null: nobody counted, which is a gap. */
export interface ChartPoint {
  atMs: number;
  values: Record<string, number> | null;
}

/** What a chart draws. `asOfMs` tells the buckets that are whole from the one that still fills. At most 150 points. */
export interface ChartData {
  title: string;
  kind: "areas" | "lines" | "bars";
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  fromMs: number;
  toMs: number;
  bucketMs: number;
  asOfMs: number;
  /** Default linear. On a log axis, for lines, 0 and a missing value are gaps. */
  scale?: "linear" | "log";
  /** What was done meanwhile; what falls outside of the span is left out. */
  marks?: readonly ChartMark[];
  format: (value: number) => string;
}

/** Whether a bucket is still filling. */
export function isUnfinished(
  atMs: number,
  { bucketMs, asOfMs }: Pick<ChartData, "bucketMs" | "asOfMs">,
): boolean {
  return atMs + bucketMs > asOfMs;
}
