"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobWords } from "#app/words/job-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { roleCovers } from "#core/access/role.ts";
import { isTerminal } from "#core/job/job-state.ts";
import { AuditTrail } from "../../../_parts/audit-trail.tsx";
import { BackLink } from "../../../_parts/back-link.tsx";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { retryUnless } from "../../../_parts/retry-unless.ts";
import { type JobNeighbours, neighboursOf } from "../../_act/job-neighbours.ts";
import { AttemptList } from "./attempt-list.tsx";
import { CheckpointPanel } from "./checkpoint-panel.tsx";
import { ComparePanel } from "./compare-panel.tsx";
import { JobCourse } from "./job-course.tsx";
import { type JobDialogKind, JobDialogs } from "./job-dialogs.tsx";
import { JobFacts } from "./job-facts.tsx";
import { JobHeader } from "./job-header.tsx";
import { JobTexts } from "./job-texts.tsx";
import { JobTimeline } from "./job-timeline.tsx";
import { RelatedJobs } from "./related-jobs.tsx";
import { StateDiagram } from "./state-diagram.tsx";
import { WaitingPanel } from "./waiting-panel.tsx";

/** How often a job that has not ended is looked at again, ms, counted from the answer. */
const watchMs = 1_500;

/** The page of one job. */
export function JobView({ jobId }: { jobId: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const found = useQuery(
    trpc.jobs.get.queryOptions(
      { id: jobId },
      {
        refetchInterval: ({ state }) => (state.data && !isTerminal(state.data.job.state) ? watchMs : false),
        retry: retryUnless("not_found"),
      },
    ),
  );
  const mayAct = roleCovers(useRole(), "operator");
  const [dialog, setDialog] = useState<JobDialogKind | null>(null);
  // What the list left behind is known to the browser alone.
  const [neighbours, setNeighbours] = useState<JobNeighbours | null>(null);
  useEffect(() => setNeighbours(neighboursOf(jobId)), [jobId]);
  const job = found.data?.job;
  const begin = (kind: JobDialogKind) => {
    if (!mayAct || !job) return;
    if (kind === "note" || job.can[kind === "edit" ? "retry" : kind]) setDialog(kind);
  };
  const go = (id: string | null | undefined) => {
    if (id) router.push(`/jobs/${id}`);
  };
  useKeys({
    r: () => begin("retry"),
    c: () => begin("cancel"),
    e: () => begin("edit"),
    p: () => begin("reprioritise"),
    m: () => begin("move"),
    n: () => begin("note"),
    "[": () => go(neighbours?.previous),
    "]": () => go(neighbours?.next),
  });

  return (
    <div className="flex flex-col gap-4">
      <BackLink href="/jobs">{jobWords.back}</BackLink>
      {job ? (
        <>
          <JobHeader job={job} neighbours={neighbours} onAct={begin} />
          {found.error ? <QueryProblem error={found.error} onRetry={() => found.refetch()} /> : null}
          <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_300px]">
            <div className="flex min-w-0 flex-col gap-5">
              {job.waitingReasons.length > 0 ? (
                <WaitingPanel
                  reasons={job.waitingReasons}
                  may={{
                    act: mayAct,
                    retry: mayAct && job.can.retry,
                    reprioritise: mayAct && job.can.reprioritise,
                  }}
                  onAct={begin}
                />
              ) : null}
              <StateDiagram job={job} />
              <JobCourse job={job} />
              <AttemptList job={job} />
              <ComparePanel job={job} />
              <JobTexts job={job} />
              <CheckpointPanel jobId={job.id} running={job.state === "running"} />
            </div>
            <div className="flex min-w-0 flex-col gap-5">
              <JobFacts job={job} />
              <RelatedJobs job={job} />
              <JobTimeline key={job.id} job={job} />
              <AuditTrail objectKind="job" objectId={job.id} />
            </div>
          </div>
          <JobDialogs key={job.id} job={job} kind={dialog} onClose={() => setDialog(null)} />
        </>
      ) : found.error ? (
        found.error.data?.code === "not_found" ? (
          <EmptyState page title={jobWords.notFound}>
            {found.error.message}
          </EmptyState>
        ) : (
          <QueryProblem error={found.error} onRetry={() => found.refetch()} />
        )
      ) : (
        <SkeletonRows rows={12} />
      )}
    </div>
  );
}
