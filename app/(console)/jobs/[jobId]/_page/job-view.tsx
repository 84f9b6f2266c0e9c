"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useKeys } from "#app/_keys/use-keys.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { jobWords } from "#app/words/job-words.ts";
import { JsonView } from "#components/domain/json-view.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { isTerminal } from "#core/job/job-state.ts";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { type JobAct, JobActDialog } from "../../_act/job-act-dialog.tsx";
import { AttemptList } from "./attempt-list.tsx";
import { JobCourse } from "./job-course.tsx";
import { JobFacts } from "./job-facts.tsx";
import { JobHeader } from "./job-header.tsx";
import { JobTimeline } from "./job-timeline.tsx";
import { WaitingPanel } from "./waiting-panel.tsx";

/** How often a job that has not ended is looked at again, ms, counted from the answer. */
const watchMs = 1_500;

/** The page of one job. */
export function JobView({ jobId }: { jobId: string }) {
  const trpc = useTRPC();
  const found = useQuery(
    trpc.jobs.get.queryOptions(
      { id: jobId },
      {
        refetchInterval: ({ state }) => (state.data && !isTerminal(state.data.job.state) ? watchMs : false),
        retry: (failures, error) => error.data?.code !== "not_found" && failures < 2,
      },
    ),
  );
  const [act, setAct] = useState<JobAct | null>(null);
  const job = found.data?.job;
  const begin = (kind: JobAct["kind"]) => {
    if (job?.can[kind]) setAct({ kind, jobs: [{ id: job.id, state: job.state }] });
  };
  useKeys({ r: () => begin("retry"), c: () => begin("cancel") });

  return (
    <div className="flex flex-col gap-4">
      <Link href="/jobs" className="flex w-fit items-center gap-1 text-sm text-ink-3 hover:text-ink">
        <ArrowLeft aria-hidden className="size-3.5" />
        {jobWords.back}
      </Link>
      {job ? (
        <>
          <JobHeader job={job} onAct={begin} />
          <JobCourse job={job} />
          <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_300px]">
            <div className="flex min-w-0 flex-col gap-5">
              {job.waitingReasons.length > 0 ? (
                <WaitingPanel
                  reasons={job.waitingReasons}
                  canRetry={job.can.retry}
                  onRunNow={() => begin("retry")}
                />
              ) : null}
              <AttemptList job={job} />
              <Panel title={jobWords.payload}>
                <div className="pt-2">
                  {job.payload === null ? null : <JsonView text={job.payload} label={jobWords.payload} />}
                </div>
              </Panel>
              {job.state === "completed" || !isTerminal(job.state) ? (
                <Panel title={jobWords.output}>
                  <div className="pt-2">
                    {job.output === null ? (
                      <p className="text-sm text-ink-3">
                        {job.state === "completed" ? jobWords.noOutput : jobWords.noOutputYet}
                      </p>
                    ) : (
                      <JsonView text={job.output} label={jobWords.output} />
                    )}
                  </div>
                </Panel>
              ) : null}
            </div>
            <div className="flex min-w-0 flex-col gap-5">
              <JobFacts job={job} />
              <JobTimeline events={job.events} />
            </div>
          </div>
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
      <JobActDialog act={act} onClose={() => setAct(null)} onDone={() => setAct(null)} />
    </div>
  );
}
