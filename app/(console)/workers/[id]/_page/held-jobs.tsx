"use client";

import Link from "next/link";
import { workerWords } from "#app/words/worker-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatAge } from "#components/domain/format-duration.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { useNowMs } from "#components/domain/now.ts";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { HeldJob } from "#server/api/workers/read-worker-detail.ts";

const { runHead } = workerWords;

/** What a worker holds now, the longest first. */
export function HeldJobs({ jobs, more, slots }: { jobs: readonly HeldJob[]; more: boolean; slots: number }) {
  const nowMs = useNowMs();
  return (
    <Panel title={workerWords.runs} note={workerWords.runsNote(jobs.length, slots)}>
      {jobs.length === 0 ? (
        <p className="py-2 text-sm text-ink-3">{workerWords.runsNone}</p>
      ) : (
        <Table label={workerWords.runs}>
          <thead className="max-sm:hidden">
            <tr>
              <Th>{runHead.job}</Th>
              <Th className="w-full">{runHead.definition}</Th>
              <Th end>{runHead.attempt}</Th>
              <Th end>{runHead.since}</Th>
              <Th end className="max-sm:hidden">
                {runHead.progress}
              </Th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={`${job.id} ${job.attempt}`} className="hairline-b hover:bg-hover">
                <Td className="font-mono">
                  <Link href={`/jobs/${job.id}`} prefetch={false} className="hover:underline">
                    {job.id}
                  </Link>
                </Td>
                <Td className="w-full">
                  <span className="flex flex-wrap items-center gap-2">
                    <PriorityBadge priority={job.priority} />
                    {job.definition} <span className="text-ink-3">{job.queue}</span>
                    {job.cancelAsked ? (
                      <span className="text-gate-caution">{workerWords.cancelAsked}</span>
                    ) : null}
                  </span>
                </Td>
                <Td end>{job.attempt}</Td>
                <Td end>{nowMs === 0 ? words.none : formatAge(nowMs - job.sinceMs)}</Td>
                <Td end className="text-ink-2 max-sm:hidden">
                  <Progress progress={job.progress} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {more ? <p className="pt-1 text-sm text-ink-3">{workerWords.runsMore}</p> : null}
    </Panel>
  );
}

/** A share as a percentage, anything else as the text it is. */
function Progress({ progress }: { progress: string | null }) {
  if (progress === null) return words.none;
  const share = Number(progress);
  return Number.isFinite(share) && share >= 0 && share <= 1 ? (
    formatShare(share)
  ) : (
    <ForeignText text={progress.slice(0, 60)} />
  );
}
