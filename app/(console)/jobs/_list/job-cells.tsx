"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { explorerWords } from "#app/words/explorer-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { JobStateBadge } from "#components/domain/job-state-badge.tsx";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { words } from "#components/words.ts";
import type { JobSummary } from "#server/api/jobs/job-summary.ts";
import type { JobColumn } from "./job-columns.ts";
import { JobWhen } from "./job-when.tsx";

/** A job of the list; `values` are those of the payload columns, in their order. */
export type ListedJob = JobSummary & { values: (string | null)[] };

/** How a column looks: `className` sets its width, and on a phone its place in the two lines of a row. */
export interface ColumnLook {
  head: string;
  end?: boolean;
  className: string;
  cell: (job: ListedJob) => ReactNode;
}

const none = <span className="text-ink-3">{words.none}</span>;
const foreign = (text: string | null) =>
  text === null ? none : <ForeignText text={text} className="block truncate font-mono" />;
const { column } = explorerWords;

const looks: Record<JobColumn, ColumnLook> = {
  state: {
    head: column.state,
    className: "w-32 max-sm:w-auto",
    cell: (job) => (
      <>
        <JobStateBadge state={job.state} />
        {job.cancelRequestedAtMs !== null && job.state === "running" ? (
          <span className="ml-2 text-ink-3">{jobWords.cancelAsked}</span>
        ) : null}
      </>
    ),
  },
  job: {
    head: column.job,
    className: "w-44 font-mono max-sm:order-3 max-sm:col-start-2 max-sm:w-auto max-sm:font-sans",
    cell: (job) => (
      <Link href={`/jobs/${job.id}`} prefetch={false} className="text-accent hover:underline">
        <span className="max-sm:hidden">{job.id}</span>
        <span className="sm:hidden">{job.definition}</span>
      </Link>
    ),
  },
  definition: {
    head: column.definition,
    className: "w-40 max-sm:hidden",
    cell: (job) => <span className="block truncate">{job.definition}</span>,
  },
  queue: {
    head: column.queue,
    className: "w-28 text-ink-2 max-lg:hidden",
    cell: (job) => <span className="block truncate">{job.queue}</span>,
  },
  priority: {
    head: column.priority,
    className: "w-24 max-md:hidden",
    cell: (job) => <PriorityBadge priority={job.priority} />,
  },
  attempt: {
    head: column.attempt,
    end: true,
    className: "w-20 max-sm:hidden",
    cell: (job) => (
      <span className={job.attempt === 0 ? "text-ink-3" : undefined}>
        {jobWords.attemptOf(job.attempt, job.maxAttempts)}
      </span>
    ),
  },
  when: {
    head: column.when,
    className: "w-32 text-ink-2 max-sm:w-auto max-sm:text-right",
    cell: (job) => <JobWhen job={job} />,
  },
  error: {
    head: column.error,
    className: "max-lg:hidden",
    cell: ({ lastError }) =>
      lastError ? (
        <span className="block truncate" title={lastError.class ?? undefined}>
          <ForeignText text={lastError.name ?? "Error"} className="font-mono text-ink-2" />
          {lastError.message ? (
            <>
              {" "}
              <ForeignText text={lastError.message} className="text-ink-3" />
            </>
          ) : null}
        </span>
      ) : (
        none
      ),
  },
  submitted: {
    head: column.submitted,
    end: true,
    className: "w-28 text-ink-3 max-sm:order-4 max-sm:w-auto",
    cell: (job) => <RelativeTime atMs={job.createdAtMs} />,
  },
  tags: {
    head: column.tags,
    className: "w-36 max-sm:hidden",
    cell: (job) => foreign(job.tags.length > 0 ? job.tags.join(", ") : null),
  },
  key: { head: column.key, className: "w-40 max-sm:hidden", cell: (job) => foreign(job.idempotencyKey) },
  concurrency: {
    head: column.concurrency,
    className: "w-40 max-sm:hidden",
    cell: (job) => foreign(job.concurrencyKey),
  },
  correlation: {
    head: column.correlation,
    className: "w-40 max-sm:hidden",
    cell: (job) => foreign(job.correlationId),
  },
  worker: { head: column.worker, className: "w-28 max-sm:hidden", cell: (job) => foreign(job.workerId) },
};

/** The looks of columns by their names; payload columns take their values in order. */
export function columnLooks(columns: readonly string[]): { name: string; look: ColumnLook }[] {
  const paths = columns.filter((name) => name.startsWith("payload."));
  return columns.map((name) => {
    const at = paths.indexOf(name);
    if (at === -1) return { name, look: looks[name as JobColumn] };
    const cell = (job: ListedJob) => foreign(job.values[at] ?? null);
    return { name, look: { head: name.slice("payload.".length), className: "w-36 max-sm:hidden", cell } };
  });
}
