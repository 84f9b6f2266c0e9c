"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { FactList } from "../../../_parts/fact-list.tsx";

const { fact } = jobWords;

/** What is fixed of a job and how its times add up. */
export function JobFacts({ job }: { job: JobPage }) {
  const link = (href: string, text: string) => (
    <Link href={href} prefetch={false} className="text-accent hover:underline">
      <ForeignText text={text} />
    </Link>
  );
  const foreign = (text: string | null) =>
    text ? <ForeignText text={text} className="font-mono break-all" /> : null;
  const ran =
    job.startedAtMs !== null && job.finishedAtMs !== null ? job.finishedAtMs - job.startedAtMs : null;
  const waited = job.startedAtMs !== null ? job.startedAtMs - job.runAtMs : null;
  const rows: [string, ReactNode][] = [
    [fact.queue, link(`/queues/${encodeURIComponent(job.queue)}`, job.queue)],
    [fact.definition, link(`/jobs?definition=${encodeURIComponent(job.definition)}`, job.definition)],
    [fact.priority, <PriorityBadge key="priority" priority={job.priority} />],
    [fact.attempts, jobWords.ofMost(job.attempt, job.maxAttempts)],
    [fact.failures, job.failures > 0 ? String(job.failures) : null],
    [fact.losses, job.losses > 0 ? String(job.losses) : null],
    [fact.reason, job.reason ? <ForeignText text={job.reason} /> : null],
    [fact.submitted, <RelativeTime key="submitted" atMs={job.createdAtMs} />],
    [fact.submittedBy, foreign(job.submittedBy)],
    [fact.due, <RelativeTime key="due" atMs={job.runAtMs} />],
    [fact.started, job.startedAtMs === null ? null : <RelativeTime key="started" atMs={job.startedAtMs} />],
    [
      fact.finished,
      job.finishedAtMs === null ? null : <RelativeTime key="finished" atMs={job.finishedAtMs} />,
    ],
    [fact.waited, waited !== null && waited >= 0 ? formatDuration(waited) : null],
    [fact.took, ran !== null && job.state === "completed" ? formatDuration(ran) : null],
    [fact.worker, foreign(job.workerId)],
    [
      fact.discarded,
      job.discardedAtMs === null ? null : <RelativeTime key="discarded" atMs={job.discardedAtMs} />,
    ],
    [
      fact.correlationId,
      job.correlationId
        ? link(`/jobs?correlationId=${encodeURIComponent(job.correlationId)}`, job.correlationId)
        : null,
    ],
    [fact.idempotencyKey, foreign(job.idempotencyKey)],
    [fact.traceparent, foreign(job.traceparent)],
    [
      fact.tags,
      job.tags.length > 0 ? (
        <span className="flex flex-wrap justify-end gap-x-2">
          {job.tags.map((tag) => (
            <span key={tag}>{link(`/jobs?tag=${encodeURIComponent(tag)}`, tag)}</span>
          ))}
        </span>
      ) : null,
    ],
  ];
  return (
    <Panel title={jobWords.facts}>
      <FactList rows={rows} />
    </Panel>
  );
}
