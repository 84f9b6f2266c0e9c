"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { JobStateBadge } from "#components/domain/job-state-badge.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import type { JobSummary } from "#server/api/jobs/job-summary.ts";

/** Jobs that belong to the same thing; nothing for a job without key and correlation. */
export function RelatedJobs({ job }: { job: JobPage }) {
  const trpc = useTRPC();
  const { idempotencyKey, correlationId } = job;
  const { data } = useQuery(
    trpc.jobs.related.queryOptions(
      { id: job.id },
      { enabled: idempotencyKey !== null || correlationId !== null, staleTime: 30_000 },
    ),
  );
  if (!data) return null;
  const { sameIdempotencyKey, sameCorrelation } = data;
  return (
    <Panel title={jobPageWords.related}>
      {sameIdempotencyKey.length + sameCorrelation.length === 0 ? (
        <p className="pt-1 text-sm text-ink-3">{jobPageWords.noRelated}</p>
      ) : null}
      <Group title={jobPageWords.sameKey} jobs={sameIdempotencyKey} all={null} />
      <Group
        title={jobPageWords.sameCorrelation}
        jobs={sameCorrelation}
        all={correlationId ? `/jobs?correlationId=${encodeURIComponent(correlationId)}` : null}
      />
    </Panel>
  );
}

function Group({ title, jobs, all }: { title: string; jobs: readonly JobSummary[]; all: string | null }) {
  if (jobs.length === 0) return null;
  return (
    <div className="pt-1 text-sm">
      <p className="flex justify-between text-ink-3">
        {title}
        {all ? (
          <Link href={all} prefetch={false} className="text-accent hover:underline">
            {jobPageWords.all}
          </Link>
        ) : null}
      </p>
      <ul>
        {jobs.map((other) => (
          <li key={other.id} className="flex items-center gap-2 py-0.5">
            <Link
              href={`/jobs/${other.id}`}
              prefetch={false}
              className="flex min-w-0 grow items-center gap-2 hover:underline"
            >
              <JobStateBadge state={other.state} />
              <span className="truncate">
                <ForeignText text={other.definition} />
              </span>
            </Link>
            <RelativeTime atMs={other.createdAtMs} className="shrink-0 text-ink-3" />
          </li>
        ))}
      </ul>
    </div>
  );
}
