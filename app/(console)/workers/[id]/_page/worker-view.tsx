"use client";

import { useQuery } from "@tanstack/react-query";
import { useRole } from "#app/_session/use-role.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { workerWords } from "#app/words/worker-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { roleCovers } from "#core/access/role.ts";
import { AuditTrail } from "../../../_parts/audit-trail.tsx";
import { AutomationTrail } from "../../../_parts/automation-trail.tsx";
import { MissingPage } from "../../../_parts/missing-page.tsx";
import { ObjectHead } from "../../../_parts/object-head.tsx";
import { pollKnown } from "../../../_parts/poll-known.ts";
import { retryUnless } from "../../../_parts/retry-unless.ts";
import { Unread } from "../../../_parts/unread.tsx";
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
        refetchInterval: pollKnown(refetchMs),
        retry: retryUnless("not_found"),
      },
    ),
  );
  const fleet = useQuery(trpc.workers.list.queryOptions());
  const flags = useWorkerFlags(fleet.data?.workers ?? []).get(id) ?? [];
  const detail = found.data;
  if (!detail) {
    if (found.error?.data?.code !== "not_found") return <Unread query={found} rows={10} />;
    return (
      <MissingPage title={workerWords.notFound} href="/workers" back={workerWords.back}>
        {found.error.message}
      </MissingPage>
    );
  }
  const { worker, jobs, more } = detail;
  return (
    <div className="flex flex-col gap-5">
      <ObjectHead
        href="/workers"
        back={workerWords.back}
        title={
          <>
            <ForeignText text={worker.host} /> <span className="font-mono text-ink-3">{worker.id}</span>
          </>
        }
        acts={mayAct ? <DrainWorkerButton worker={worker} /> : null}
      >
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
      </ObjectHead>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="flex min-w-0 flex-col gap-5">
          <HeldJobs jobs={jobs} more={more} slots={worker.concurrency} />
          <EndedAttempts id={id} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <WorkerFacts worker={worker} />
          <AutomationTrail objectKind="worker" objectId={id} />
          <AuditTrail objectKind="worker" objectId={id} />
        </div>
      </div>
    </div>
  );
}
