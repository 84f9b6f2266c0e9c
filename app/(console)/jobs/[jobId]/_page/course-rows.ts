import type { CourseSegment } from "./course-segments.ts";

type Run = Extract<CourseSegment, { kind: "run" }>;
type Wait = Extract<CourseSegment, { kind: "wait" }>;

/** A line of the waterfall: an attempt with the wait before it, or the wait that goes on. */
export interface CourseRow {
  key: string;
  wait: Wait | null;
  run: Run | null;
  fromMs: number;
  toMs: number;
}

/** The stretches of a course as lines, one an attempt. */
export function courseRows(segments: readonly CourseSegment[]): CourseRow[] {
  const rows: CourseRow[] = [];
  let wait: Wait | null = null;
  for (const segment of segments) {
    if (segment.kind === "wait") {
      wait = segment;
      continue;
    }
    rows.push({
      key: `run ${segment.attempt}`,
      wait,
      run: segment,
      fromMs: wait?.fromMs ?? segment.fromMs,
      toMs: segment.toMs,
    });
    wait = null;
  }
  if (wait) rows.push({ key: "wait", wait, run: null, fromMs: wait.fromMs, toMs: wait.toMs });
  return rows;
}
