import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";

/** A stretch of a job's course: waiting, or an attempt. */
export type CourseSegment =
  | { kind: "wait"; fromMs: number; toMs: number }
  | { kind: "run"; fromMs: number; toMs: number; attempt: number; outcome: AttemptOutcome };

/** A gap shorter than this between two stretches is none, ms. */
const gapMs = 1;

/** The course of a job from submission to its end, or to now: attempts and the waits between them. Never negative. */
export function courseSegments(job: JobPage, nowMs: number): CourseSegment[] {
  const segments: CourseSegment[] = [];
  let atMs = job.createdAtMs;
  for (const attempt of job.attempts) {
    const fromMs = Math.max(atMs, attempt.startedAtMs);
    const toMs = Math.max(fromMs, attempt.finishedAtMs ?? nowMs);
    if (fromMs - atMs > gapMs) segments.push({ kind: "wait", fromMs: atMs, toMs: fromMs });
    segments.push({ kind: "run", fromMs, toMs, attempt: attempt.number, outcome: attempt.outcome });
    atMs = toMs;
  }
  const endMs = job.finishedAtMs ?? nowMs;
  if (endMs - atMs > gapMs && job.state !== "running")
    segments.push({ kind: "wait", fromMs: atMs, toMs: endMs });
  return segments;
}
