"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobPageWords } from "#app/words/job-page-words.ts";
import { DiffView } from "#components/domain/diff-view.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { words } from "#components/words.ts";
import type { JobPage } from "#server/api/jobs/job-detail.ts";

/** What sets a failing job apart from the last of its definition that completed. */
export function ComparePanel({ job }: { job: JobPage }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const { data, isPending } = useQuery(
    trpc.jobs.lastGood.queryOptions({ id: job.id }, { enabled: open, staleTime: 30_000 }),
  );
  const failed = [...job.attempts].reverse().find((attempt) => attempt.failureClass !== null);
  if (!failed) return null;
  const ranMs = failed.finishedAtMs === null ? null : failed.finishedAtMs - failed.startedAtMs;
  const duration = (ms: number | null) => (ms === null ? null : formatDuration(ms));
  const rows = data
    ? [
        { name: jobPageWords.definitionVersion, good: `v${data.definitionVersion}`, bad: `v${job.version}` },
        { name: jobPageWords.host, good: data.host, bad: failed.host },
        { name: jobPageWords.runTime, good: duration(data.runMs), bad: duration(ranMs) },
      ]
    : [];
  return (
    <details className="text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-ink-3 hover:text-ink">{jobPageWords.compare}</summary>
      {data ? (
        <div className="flex flex-col gap-2 pt-2">
          <table className="w-full max-w-140 text-left">
            <caption className="sr-only">{jobPageWords.compareTitle}</caption>
            <thead className="text-ink-3">
              <tr>
                <td />
                <th scope="col" className="font-normal">
                  <Link href={`/jobs/${data.id}`} prefetch={false} className="text-accent hover:underline">
                    {jobPageWords.goodJob}
                  </Link>
                </th>
                <th scope="col" className="font-normal">
                  {jobPageWords.thisJob}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, good, bad }) => (
                <tr key={name} className={good === bad ? "text-ink-3" : undefined}>
                  <th scope="row" className="pr-3 font-normal text-ink-3">
                    {name}
                  </th>
                  <td className="pr-3">
                    <ForeignText text={good ?? words.none} />
                  </td>
                  <td>{good === bad ? jobPageWords.same : <ForeignText text={bad ?? words.none} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.payload && job.payload ? (
            <div>
              <p className="text-ink-3">{jobPageWords.payloadDiffers}</p>
              <DiffView before={JSON.parse(data.payload.text)} after={JSON.parse(job.payload.text)} />
            </div>
          ) : null}
        </div>
      ) : isPending && open ? (
        <SkeletonRows rows={3} />
      ) : open ? (
        <p className="pt-1 text-ink-3">{jobPageWords.noGood}</p>
      ) : null}
    </details>
  );
}
