import type { RecordedFailure, RecordedJob } from "./backtest-policy.ts";

/** What became of a job that failed at least once. */
export type RetryEnd = "succeeded" | "dead" | "waiting";

/** The course of a job that failed: what every analysis of retries reads. */
export interface RetryCourse {
  failures: readonly RecordedFailure[];
  end: RetryEnd;
}

/** Jobs that ended, and those that still wait: of them only the attempts made are known. */
export function retryCourses(
  ended: readonly RecordedJob[],
  waiting: readonly (readonly RecordedFailure[])[],
): RetryCourse[] {
  return [
    ...ended.map(({ failures, succeededAtMs }): RetryCourse => {
      return { failures, end: succeededAtMs === null ? "dead" : "succeeded" };
    }),
    ...waiting.map((failures): RetryCourse => ({ failures, end: "waiting" })),
  ];
}
