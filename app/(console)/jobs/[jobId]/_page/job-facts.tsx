"use client";

import Link from "next/link";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { JobPage } from "#server/api/jobs/job-detail.ts";
import { findFallback } from "./find-fallback.ts";

const { fact } = jobWords;

/** What is fixed of a job and how its times add up. */
export function JobFacts({ job }: { job: JobPage }) {
  const { startedAtMs, finishedAtMs, runAtMs } = job;
  const { divertedFrom, answeredBy } = findFallback(job.events);
  const ranMs = startedAtMs !== null && finishedAtMs !== null ? finishedAtMs - startedAtMs : null;
  const waitedMs = startedAtMs !== null && startedAtMs >= runAtMs ? startedAtMs - runAtMs : null;
  return (
    <Panel title={jobWords.facts}>
      <dl>
        <Fact name={fact.queue}>
          <FactLink href={`/queues/${encodeURIComponent(job.queue)}`} text={job.queue} />
        </Fact>
        <Fact name={fact.definition}>
          <FactLink href={`/jobs?definition=${encodeURIComponent(job.definition)}`} text={job.definition} />
        </Fact>
        <Fact name={jobPageWords.divertedFrom} why={jobPageWords.divertedWhy}>
          {divertedFrom !== null && (
            <FactLink href={`/definitions/${encodeURIComponent(divertedFrom)}`} text={divertedFrom} />
          )}
        </Fact>
        <Fact name={jobPageWords.answeredBy} why={jobPageWords.answeredWhy}>
          {answeredBy !== null && <FactLink href={`/jobs/${answeredBy}`} text={answeredBy} />}
        </Fact>
        <Fact name={fact.priority}>
          <PriorityBadge priority={job.priority} />
        </Fact>
        <Fact name={fact.attempts}>{jobWords.ofMost(job.attempt, job.maxAttempts)}</Fact>
        <Fact name={fact.failures}>{job.failures > 0 && job.failures}</Fact>
        <Fact name={fact.losses}>{job.losses > 0 && job.losses}</Fact>
        <Fact name={fact.reason}>{job.reason && <ForeignText text={job.reason} />}</Fact>
        <Fact name={fact.submitted}>
          <RelativeTime atMs={job.createdAtMs} />
        </Fact>
        <Fact name={fact.submittedBy}>{job.submittedBy && <Mono text={job.submittedBy} />}</Fact>
        <Fact name={fact.due}>
          <RelativeTime atMs={runAtMs} />
        </Fact>
        <Fact name={fact.started}>{startedAtMs !== null && <RelativeTime atMs={startedAtMs} />}</Fact>
        <Fact name={fact.finished}>{finishedAtMs !== null && <RelativeTime atMs={finishedAtMs} />}</Fact>
        <Fact name={fact.waited}>{waitedMs !== null && formatDuration(waitedMs)}</Fact>
        <Fact name={fact.took}>{ranMs !== null && job.state === "completed" && formatDuration(ranMs)}</Fact>
        <Fact name={fact.worker}>{job.workerId && <Mono text={job.workerId} />}</Fact>
        <Fact name={fact.discarded}>
          {job.discardedAtMs !== null && <RelativeTime atMs={job.discardedAtMs} />}
        </Fact>
        <Fact name={fact.correlationId}>
          {job.correlationId && (
            <FactLink
              href={`/jobs?correlationId=${encodeURIComponent(job.correlationId)}`}
              text={job.correlationId}
            />
          )}
        </Fact>
        <Fact name={fact.idempotencyKey}>{job.idempotencyKey && <Mono text={job.idempotencyKey} />}</Fact>
        <Fact name={fact.concurrencyKey}>
          {job.concurrencyKey && (
            <FactLink
              href={`/jobs?concurrencyKey=${encodeURIComponent(job.concurrencyKey)}`}
              text={job.concurrencyKey}
            />
          )}
        </Fact>
        <Fact name={fact.traceparent}>{job.traceparent && <Mono text={job.traceparent} />}</Fact>
        <Fact name={fact.tags}>
          {job.tags.length > 0 && (
            <span className="flex flex-wrap justify-end gap-x-2">
              {job.tags.map((tag) => (
                <FactLink key={tag} href={`/jobs?tag=${encodeURIComponent(tag)}`} text={tag} />
              ))}
            </span>
          )}
        </Fact>
      </dl>
    </Panel>
  );
}

function FactLink({ href, text }: { href: string; text: string }) {
  return (
    <Link href={href} prefetch={false} className="text-accent hover:underline">
      <ForeignText text={text} />
    </Link>
  );
}

function Mono({ text }: { text: string }) {
  return <ForeignText text={text} className="font-mono break-all" />;
}
