"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { failureWords } from "#app/words/failure-words.ts";
import { ErrorReport } from "#components/domain/error-report.tsx";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { failureWindows } from "#core/failure-group/failure-window.ts";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";
import { AuditTrail } from "../../../_parts/audit-trail.tsx";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { Unread } from "../../../_parts/unread.tsx";
import { GroupActDialog, type GroupActKind } from "../../_act/group-act-dialog.tsx";
import { AffectedTable } from "./affected-table.tsx";
import { GroupCharts } from "./group-charts.tsx";
import { GroupFacts } from "./group-facts.tsx";
import { GroupHeader } from "./group-header.tsx";
import { JobLink } from "./job-link.tsx";
import { RemedyPanel } from "./remedy-panel.tsx";
import { RetryPanel } from "./retry-panel.tsx";
import { SampleTable } from "./sample-table.tsx";

const refetchMs = 5_000;
const windowOptions = failureWindows.map((value) => ({ value, label: failureWords.windows[value] }));

/** One failure group: what it is, whether its jobs may be retried, since when, whom it hits, and what was said of it. */
export function GroupView({ fingerprint }: { fingerprint: string }) {
  const trpc = useTRPC();
  const [window, setWindow] = useQueryState(
    "window",
    parseAsStringLiteral(failureWindows).withDefault("24h"),
  );
  const [act, setAct] = useState<GroupActKind | null>(null);
  const query = useQuery(
    trpc.failures.group.queryOptions(
      { fingerprint, window },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  const detail = query.data;
  if (!detail)
    return (
      <>
        <h1 className="sr-only">{failureWords.title}</h1>
        <Unread query={query} rows={14} />
      </>
    );
  return (
    <div className="flex flex-col gap-5">
      {query.error ? <QueryProblem error={query.error} onRetry={() => query.refetch()} /> : null}
      <GroupHeader detail={detail} onAct={setAct} />
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <RetryPanel detail={detail} />
          <RemedyPanel detail={detail} />
          <SamplePanel detail={detail} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <GroupFacts detail={detail} />
          <AuditTrail objectKind="failure-group" objectId={fingerprint} />
        </div>
      </div>
      <div className="flex justify-end">
        <Segmented label={failureWords.window} value={window} options={windowOptions} onChange={setWindow} />
      </div>
      <GroupCharts detail={detail} />
      <AffectedTable detail={detail} />
      <SampleTable detail={detail} />
      <GroupActDialog kind={act} detail={detail} onClose={() => setAct(null)} />
    </div>
  );
}

function SamplePanel({ detail: { sample } }: { detail: GroupDetail }) {
  return (
    <Panel
      title={failureWords.sample}
      note={
        <>
          {failureWords.sampleOf} <JobLink id={sample.jobId} />, {failureWords.attempt(sample.attempt)},{" "}
          <RelativeTime atMs={sample.atMs} />
        </>
      }
    >
      <div className="py-2">
        {sample.error ? (
          <ErrorReport error={sample.error} openStack />
        ) : (
          <p className="text-sm text-ink-3">{failureWords.noSample}</p>
        )}
      </div>
    </Panel>
  );
}
