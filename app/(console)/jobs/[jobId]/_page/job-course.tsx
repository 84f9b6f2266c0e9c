"use client";

import { jobWords } from "#app/words/job-words.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { useNowMs } from "#components/domain/now.ts";
import { cn } from "#components/ui/cn.ts";
import type { AttemptOutcome } from "#core/job/attempt-outcome.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { type CourseSegment, courseSegments } from "./course-segments.ts";

const looks: Record<AttemptOutcome, string> = {
  running: "bg-state-running",
  completed: "bg-state-completed",
  failed: "bg-state-dead",
  "timed-out": "bg-state-dead",
  lost: "bg-state-dead hatch",
  cancelled: "bg-state-cancelled",
  released: "bg-state-available",
  preempted: "bg-state-available",
};
const mostShown = 40;

/** The whole course on one track: waits are bare rail, attempts stand on it. */
export function JobCourse({ job }: { job: JobPage }) {
  const nowMs = useNowMs();
  const all = courseSegments(job, Math.max(nowMs, job.createdAtMs));
  const segments = all.slice(-mostShown);
  if (nowMs === 0 || segments.length === 0) return null;
  return (
    <section aria-label={jobWords.course}>
      <ol className="on-track flex h-7 items-center">
        {segments.map((segment) => (
          <li
            key={`${segment.kind}-${segment.fromMs}`}
            title={tell(segment)}
            className={cn(
              "relative flex min-w-1.5 items-center",
              segment.kind === "run" && `h-3.5 ${looks[segment.outcome]}`,
            )}
            style={{ flexGrow: Math.log1p(segment.toMs - segment.fromMs) }}
          >
            <span className="sr-only">{tell(segment)}</span>
            {segment.kind === "wait" ? (
              <span aria-hidden className="mx-auto truncate bg-bg px-1 text-sm text-ink-3 max-sm:hidden">
                {formatDuration(segment.toMs - segment.fromMs)}
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      <p className="text-sm text-ink-3">{jobWords.courseNote}</p>
    </section>
  );
}

function tell(segment: CourseSegment): string {
  const spanMs = segment.toMs - segment.fromMs;
  return segment.kind === "wait"
    ? jobWords.courseWait(spanMs)
    : jobWords.courseRun(segment.attempt, spanMs, segment.outcome);
}
