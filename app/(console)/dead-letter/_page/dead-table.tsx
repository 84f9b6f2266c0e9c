"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { failureWords } from "#app/words/failure-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { JobSummary } from "#server/api/jobs/job-summary.ts";

const { dead } = failureWords;

/** Dead jobs as rows; on a phone each row takes two lines. */
export function DeadTable({
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
    <Table label={dead.list} className={cn("transition-opacity", faded && "opacity-60")}>
      <thead className="max-sm:sr-only">
        <tr>
          <Th className="w-8 px-2" unseen>
            {dead.clearSelection}
          </Th>
          <Th>{dead.head.job}</Th>
          <Th>{dead.head.definition}</Th>
          <Th className="max-lg:hidden">{dead.head.queue}</Th>
          <Th end>{dead.head.died}</Th>
          <Th end className="max-md:hidden">
            {dead.head.attempts}
          </Th>
          <Th className="w-full sm:max-md:hidden">{dead.head.error}</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr
            key={job.id}
            {...rowProps(job.id)}
            className={cn(
              "hairline-b hover:bg-hover focus-within:bg-hover focus-within:shadow-[inset_2px_0_var(--accent)]",
              "max-sm:grid max-sm:grid-cols-[24px_fit-content(45%)_minmax(0,1fr)_auto] max-sm:items-center max-sm:py-1",
              selected.has(job.id) && "bg-selected hover:bg-selected focus-within:bg-selected",
            )}
          >
            <Td className="px-2 max-sm:row-span-2">
              <Checkbox
                label={dead.select(job.id)}
                checked={selected.has(job.id)}
                onChange={() => onToggle(job.id)}
              />
            </Td>
            <Td className="font-mono">
              <Link href={`/jobs/${job.id}`} prefetch={false} className="text-accent hover:underline">
                {job.id}
              </Link>
            </Td>
            <Td className="max-sm:order-4 max-sm:col-start-2 max-sm:truncate">
              <ForeignText text={job.definition} />
            </Td>
            <Td className="text-ink-2 max-lg:hidden">
              <ForeignText text={job.queue} />
            </Td>
            <Td end className="text-ink-2 max-sm:col-start-4">
              <RelativeTime atMs={job.finishedAtMs} />
            </Td>
            <Td end className="max-md:hidden">
              {job.attempt}
            </Td>
            <Td className="max-w-0 max-sm:order-5 max-sm:col-span-2 max-sm:max-w-none sm:max-md:hidden">
              {job.lastError ? (
                <span className="block truncate text-ink-2">
                  <ForeignText text={job.lastError.message ?? job.lastError.name ?? ""} />
                </span>
              ) : (
                <span className="text-ink-3">{words.none}</span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
