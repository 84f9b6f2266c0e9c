"use client";

import { jobWords } from "#app/words/job-words.ts";
import { formatAge } from "#components/domain/format-duration.ts";
import { formatExactInstant } from "#components/domain/format-instant.ts";
import { useNowMs } from "#components/domain/now.ts";
import { words } from "#components/words.ts";
import type { JobSummary } from "#server/api/jobs/job-summary.ts";

const { when } = jobWords;

/** The time that matters in the state a job is in: when it is due, how long it waits or runs, how long it took, when it ended. */
export function JobWhen({ job }: { job: JobSummary }) {
  const nowMs = useNowMs();
  if (nowMs === 0) return <span className="text-ink-3">{words.none}</span>;
  const { text, atMs } = tell(job, nowMs);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExactInstant(atMs)}>
      {text}
    </time>
  );
}

function tell(job: JobSummary, nowMs: number): { text: string; atMs: number } {
  const relative = (atMs: number) =>
    atMs > nowMs ? words.inTime(formatAge(atMs - nowMs)) : words.ago(formatAge(nowMs - atMs));
  switch (job.state) {
    case "pending":
    case "scheduled":
    case "retryable":
      return { text: when.due(relative(job.runAtMs)), atMs: job.runAtMs };
    case "available":
    case "held":
      return { text: when.waits(nowMs - job.runAtMs), atMs: job.runAtMs };
    case "running":
      return { text: when.since(nowMs - (job.startedAtMs ?? nowMs)), atMs: job.startedAtMs ?? job.runAtMs };
    case "completed": {
      const finishedAtMs = job.finishedAtMs ?? job.createdAtMs;
      return { text: when.took(finishedAtMs - (job.startedAtMs ?? finishedAtMs)), atMs: finishedAtMs };
    }
    case "cancelled":
    case "dead": {
      const finishedAtMs = job.finishedAtMs ?? job.createdAtMs;
      return { text: when.ended(relative(finishedAtMs)), atMs: finishedAtMs };
    }
  }
}
