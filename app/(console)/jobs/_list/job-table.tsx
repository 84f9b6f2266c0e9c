"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { jobWords } from "#app/words/job-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { JobStateBadge } from "#components/domain/job-state-badge.tsx";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { JobSummary } from "#server/api/jobs/job-summary.ts";
import { JobWhen } from "./job-when.tsx";

const { head } = jobWords;

/** Jobs as rows; on a phone each row takes two lines. */
export function JobTable({
  jobs,
  selected,
  onToggle,
  faded,
}: {
  jobs: readonly JobSummary[];
  selected: ReadonlySet<string>;
  onToggle: (id: string) => void;
  faded: boolean;
}) {
  return (
    <Table label={jobWords.list} className={cn("transition-opacity", faded && "opacity-60")}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th className="w-8 px-2">
            <span className="sr-only">{jobWords.clearSelection}</span>
          </Th>
          <Th>{head.state}</Th>
          <Th>{head.job}</Th>
          <Th>{head.definition}</Th>
          <Th className="max-lg:hidden">{head.queue}</Th>
          <Th className="max-md:hidden">{head.priority}</Th>
          <Th end>{head.attempt}</Th>
          <Th>{head.when}</Th>
          <Th className="w-full max-lg:hidden">{head.error}</Th>
          <Th end>{head.submitted}</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobTableRow key={job.id} job={job} selected={selected.has(job.id)} onToggle={onToggle} />
        ))}
      </tbody>
    </Table>
  );
}

function JobTableRow({
  job,
  selected,
  onToggle,
}: {
  job: JobSummary;
  selected: boolean;
  onToggle: (id: string) => void;
}) {
  return (
    <tr
      {...rowProps(job.id)}
      className={cn(
        "hairline-b hover:bg-hover focus-within:bg-hover focus-within:shadow-[inset_2px_0_var(--accent)]",
        "max-sm:grid max-sm:grid-cols-[24px_minmax(0,1fr)_auto] max-sm:items-center max-sm:py-1",
        selected && "bg-selected hover:bg-selected focus-within:bg-selected",
      )}
    >
      <Td className="px-2 max-sm:row-span-2">
        <Checkbox label={jobWords.select(job.id)} checked={selected} onChange={() => onToggle(job.id)} />
      </Td>
      <Td>
        <JobStateBadge state={job.state} />
        {job.cancelRequestedAtMs !== null && job.state === "running" ? (
          <span className="ml-2 text-ink-3">{jobWords.cancelAsked}</span>
        ) : null}
      </Td>
      <Td className="font-mono max-sm:order-3 max-sm:col-start-2 max-sm:font-sans">
        <Link href={`/jobs/${job.id}`} prefetch={false} className="text-accent hover:underline">
          <span className="max-sm:hidden">{job.id}</span>
          <span className="sm:hidden">{job.definition}</span>
        </Link>
      </Td>
      <Td className="max-sm:hidden">{job.definition}</Td>
      <Td className="text-ink-2 max-lg:hidden">{job.queue}</Td>
      <Td className="max-md:hidden">
        <PriorityBadge priority={job.priority} />
      </Td>
      <Td end className={cn("max-sm:hidden", job.attempt === 0 && "text-ink-3")}>
        {jobWords.attemptOf(job.attempt, job.maxAttempts)}
      </Td>
      <Td className="text-ink-2 max-sm:text-right">
        <JobWhen job={job} />
      </Td>
      <Td className="max-w-0 max-lg:hidden">
        {job.lastError ? (
          <span className="block truncate" title={job.lastError.class ?? undefined}>
            <ForeignText text={job.lastError.name ?? "Error"} className="font-mono text-ink-2" />
            {job.lastError.message ? (
              <>
                {" "}
                <ForeignText text={job.lastError.message} className="text-ink-3" />
              </>
            ) : null}
          </span>
        ) : (
          <span className="text-ink-3">{words.none}</span>
        )}
      </Td>
      <Td end className="text-ink-3 max-sm:order-4">
        <RelativeTime atMs={job.createdAtMs} />
      </Td>
    </tr>
  );
}
