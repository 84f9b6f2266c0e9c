"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { workerWords } from "#app/words/worker-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import { roleCovers } from "#core/access/role.ts";
import { AuditTrail } from "../../../_parts/audit-trail.tsx";
import { BackLink } from "../../../_parts/back-link.tsx";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { DrainWorkerButton } from "../../_list/drain-worker-button.tsx";
import { useWorkerFlags } from "../../_list/use-worker-flags.ts";
import { EndedAttempts } from "./ended-attempts.tsx";
import { HeldJobs } from "./held-jobs.tsx";
import { WorkerFacts } from "./worker-facts.tsx";

const refetchMs = 3_000;

/** The page of one worker: what it is, what it runs now, and how what it ran ended. */
export function WorkerView({ id }: { id: string }) {
  const trpc = useTRPC();
  const mayAct = roleCovers(useRole(), "operator");
  const found = useQuery(
    trpc.workers.get.queryOptions(
      { id },
      {
        refetchInterval: refetchMs,
        retry: (failures, error) => error.data?.code !== "not_found" && failures < 2,
      },
    ),
  );
  const fleet = useQuery(trpc.workers.list.queryOptions());
  const flags = useWorkerFlags(fleet.data?.workers ?? []).get(id) ?? [];
  const detail = found.data;
  if (!detail) {
    if (!found.error) return <SkeletonRows rows={10} />;
    if (found.error.data?.code !== "not_found")
      return <QueryProblem error={found.error} onRetry={() => found.refetch()} />;
    return (
      <EmptyState
        page
        title={workerWords.notFound}
        action={
          <Link href="/workers" className={buttonLook()}>
            {workerWords.back}
          </Link>
        }
      >
        {found.error.message}
      </EmptyState>
    );
  }
  const { worker, jobs, more } = detail;
  return (
    <div className="flex flex-col gap-5">
      <div>
        <BackLink href="/workers">{workerWords.back}</BackLink>
        <div className="flex flex-wrap items-center gap-3 pt-1">
          <h1 className="mr-auto text-title font-semibold break-all">
            <ForeignText text={worker.host} /> <span className="font-mono text-ink-3">{worker.id}</span>
          </h1>
          {mayAct ? <DrainWorkerButton worker={worker} /> : null}
        </div>
        {worker.state === "draining" ? (
          <p role="status" className="text-ink-2">
            {workerWords.drainingNow(jobs.length)}
          </p>
        ) : null}
        {flags.map((flag) => (
          <p key={flag.word} className="max-w-160 text-sm">
            <span className="font-medium text-gate-caution">{flag.word}</span>: {flag.why}
          </p>
        ))}
      </div>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-5">
          <HeldJobs jobs={jobs} more={more} slots={worker.concurrency} />
          <EndedAttempts id={id} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <WorkerFacts worker={worker} />
          <AuditTrail objectKind="worker" objectId={id} />
        </div>
      </div>
    </div>
  );
}
