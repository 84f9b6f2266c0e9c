"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "#app/_trpc/react.tsx";
import { explorerWords } from "#app/words/explorer-words.ts";
import { jobWords } from "#app/words/job-words.ts";
import { ErrorReport } from "#components/domain/error-report.tsx";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { JobStateBadge } from "#components/domain/job-state-badge.tsx";
import { JsonView } from "#components/domain/json-view.tsx";
import { PriorityBadge } from "#components/domain/priority-badge.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { SidePanel } from "#components/ui/side-panel.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { problemText } from "../../_parts/problem-text.ts";

/** A look at one job beside the list: where it stands, why it failed, what it carries. */
export function JobPreview({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <SidePanel
      open={id !== null}
      onClose={onClose}
      title={id === null ? explorerWords.preview : jobWords.page(id)}
      footer={
        id === null ? null : (
          <Link href={`/jobs/${id}`} className={buttonLook({ tone: "primary" })}>
            {explorerWords.openPage}
          </Link>
        )
      }
    >
      {id === null ? null : <Preview id={id} />}
    </SidePanel>
  );
}

function Preview({ id }: { id: string }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.jobs.get.queryOptions({ id }, { retry: false, staleTime: 3_000 }));
  const job = found.data?.job;
  if (found.error) {
    const gone = found.error.data?.code === "not_found";
    return <p className="text-sm text-ink-2">{gone ? explorerWords.gone : problemText(found.error)}</p>;
  }
  if (!job) return <SkeletonRows rows={10} />;
  const failed = [...job.attempts].sort((a, b) => b.number - a.number).find(({ error }) => error !== null);
  return (
    <div className="flex flex-col gap-4">
      <dl>
        <Fact name={explorerWords.column.state}>
          <JobStateBadge state={job.state} />
        </Fact>
        <Fact name={explorerWords.column.definition}>{job.definition}</Fact>
        <Fact name={explorerWords.column.queue}>{job.queue}</Fact>
        <Fact name={explorerWords.column.priority}>
          <PriorityBadge priority={job.priority} />
        </Fact>
        <Fact name={explorerWords.column.attempt}>{jobWords.attemptOf(job.attempt, job.maxAttempts)}</Fact>
        <Fact name={explorerWords.column.submitted}>
          <RelativeTime atMs={job.createdAtMs} />
        </Fact>
      </dl>
      {job.waitingReasons.length > 0 ? (
        <section aria-label={explorerWords.waiting}>
          <h3 className="pb-1 text-sm text-ink-3">{explorerWords.waiting}</h3>
          <ul className="flex flex-col gap-1">
            {job.waitingReasons.map((reason) => (
              <li key={reason.text}>
                <ForeignText text={reason.text} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {failed?.error ? (
        <section aria-label={explorerWords.lastError}>
          <h3 className="flex items-center gap-3 pb-1 text-sm text-ink-3">
            {explorerWords.lastError}
            {failed.failureClass ? <FailureClassBadge failureClass={failed.failureClass} /> : null}
          </h3>
          <ErrorReport error={failed.error} />
        </section>
      ) : null}
      {job.payload ? (
        <section aria-label={explorerWords.payload}>
          <h3 className="pb-1 text-sm text-ink-3">{explorerWords.payload}</h3>
          <JsonView text={job.payload.text} label={explorerWords.payload} />
        </section>
      ) : null}
    </div>
  );
}
