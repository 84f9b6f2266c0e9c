"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useRef } from "react";
import { useTRPC } from "#app/_trpc/react.tsx";
import { retryWords } from "#app/words/retry-words.ts";
import { ColumnPanel } from "#components/charts/column-panel.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { SkeletonRows } from "#components/ui/skeleton-rows.tsx";
import type { RetryAnalysis } from "#core/retry/analyse-retries.ts";
import { lastToldAttempt } from "#core/retry/last-told-attempt.ts";
import type { RetryAnalysisView, RetrySubject } from "#server/api/policies/analyse-retries.ts";
import { QueryProblem } from "../_parts/query-problem.tsx";
import { useSeen } from "../_parts/use-seen.ts";
import { OddsTable } from "./odds-table.tsx";
import { RetryCosts } from "./retry-costs.tsx";
import { SuggestedPolicy } from "./suggested-policy.tsx";

const hourMs = 3_600_000;
const windows = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;
const windowNames = ["hour", "day", "week"] as const;
const options = windowNames.map((value) => ({ value, label: retryWords.windows[value] }));
const freshMs = 60_000;
const series = [
  { key: "succeeded", label: retryWords.succeeded, colour: "var(--state-completed)" },
  { key: "dead", label: retryWords.dead, colour: "var(--state-dead)" },
] as const;

/**
 * Whether retries helped the jobs of a policy or of a definition, what they cost, and a policy that would do better. Read
 * when it comes into sight. `onOpen` opens a suggestion where its editor is already on the page.
 */
export function RetryHelp({ of, onOpen }: { of: RetrySubject; onOpen?: () => void }) {
  const trpc = useTRPC();
  const place = useRef<HTMLDivElement>(null);
  const isSeen = useSeen(place);
  const [span, setSpan] = useQueryState("retries", parseAsStringLiteral(windowNames).withDefault("day"));
  const found = useQuery(
    trpc.policies.analyse.queryOptions(
      { ...of, windowMs: windows[span] },
      { enabled: isSeen, staleTime: freshMs, placeholderData: keepPreviousData },
    ),
  );
  const view = found.data;
  return (
    <div ref={place}>
      <Panel
        title={retryWords.title}
        note={
          view ? (
            <>
              {retryWords.asOf} <RelativeTime atMs={view.toMs} />
            </>
          ) : null
        }
        aside={
          <Segmented
            label={retryWords.window}
            value={span}
            options={options}
            onChange={(next) => void setSpan(next)}
          />
        }
      >
        {found.error ? <QueryProblem error={found.error} onRetry={() => void found.refetch()} /> : null}
        {view ? (
          <div aria-busy={found.isPlaceholderData}>
            <Answer view={view} onOpen={onOpen} />
          </div>
        ) : found.error ? null : (
          // Out of sight nothing is being read: its space is kept, and nobody is told to wait.
          <div aria-hidden={!isSeen}>
            <SkeletonRows rows={8} />
          </div>
        )}
      </Panel>
    </div>
  );
}

function Answer({ view, onOpen }: { view: RetryAnalysisView; onOpen: (() => void) | undefined }) {
  const { analysis, share } = view;
  if (view.definitions.length === 0) return <p className="pt-2 text-sm text-ink-2">{retryWords.unused}</p>;
  if (analysis.jobs === 0) return <EmptyState title={retryWords.none}>{retryWords.noneTeach}</EmptyState>;
  return (
    <div className="flex flex-col gap-5 pt-2">
      <div className="flex flex-col gap-1">
        <p>
          <span className="font-medium">{retryWords.verdict(analysis.recovered, analysis.jobs)}</span>{" "}
          {retryWords.ends(analysis.dead, analysis.waiting)}
          {analysis.firstTry === null ? null : ` ${retryWords.firstTry(analysis.firstTry)}`}
        </p>
        <p className="max-w-200 text-sm text-ink-3">
          {share < 1 ? retryWords.sampled(share) : retryWords.all}
          {view.leftOut > 0 ? ` ${retryWords.leftOut(view.leftOut)}` : ""}
        </p>
      </div>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_340px]">
        <ColumnPanel
          title={retryWords.histogram}
          note={retryWords.histogramNote}
          xLabel={retryWords.attempts}
          totalLabel={retryWords.total}
          series={series}
          columns={toColumns(analysis)}
          format={formatCount}
        />
        <RetryCosts analysis={analysis} isScaled={share < 1} />
      </div>
      <OddsTable analysis={analysis} />
      <SuggestedPolicy view={view} onOpen={onOpen} />
    </div>
  );
}

function toColumns({ histogram }: RetryAnalysis) {
  return histogram.map(({ attempts, succeeded, dead }) => ({
    label: attempts === lastToldAttempt ? retryWords.andMore(attempts) : String(attempts),
    values: { succeeded, dead },
  }));
}
