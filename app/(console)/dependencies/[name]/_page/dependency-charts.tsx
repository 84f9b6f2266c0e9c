"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTRPC } from "#app/_trpc/react.tsx";
import { dependencyWords } from "#app/words/dependency-words.ts";
import type { ChartPoint } from "#components/charts/chart-data.ts";
import { ChartPanel } from "#components/charts/chart-panel.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { DependencyHistory } from "#server/api/dependencies/read-dependency-history.ts";
import { QueryProblem } from "../../../_parts/query-problem.tsx";
import { useObjectMarks } from "../../../_parts/use-object-marks.ts";

const ranges = ["1h", "6h", "24h", "7d"] as const;
const refetchMs = 10_000;
/** A rate over less of a bucket than this says nothing. */
const leastFilledMs = 15_000;
const { series } = dependencyWords;
const answers = [
  { key: "succeeded", label: series.succeeded, colour: "var(--state-completed)" },
  { key: "refused", label: series.refused, colour: "var(--gate-caution)" },
  { key: "failed", label: series.failed, colour: "var(--state-dead)" },
];
const starts = [
  { key: "first", label: series.first, colour: "var(--state-running)" },
  { key: "retries", label: series.retries, colour: "var(--state-retryable)" },
];
const times = [
  { key: "p50", label: series.p50, colour: "var(--state-completed)" },
  { key: "p95", label: series.p95, colour: "var(--state-running)" },
];

/** The course of a dependency: what it answered, how often it was called, how long that took, with what was done meanwhile. */
export function DependencyCharts({ name }: { name: string }) {
  const trpc = useTRPC();
  const [range, setRange] = useQueryState("range", parseAsStringLiteral(ranges).withDefault("1h"));
  const history = useQuery(
    trpc.dependencies.history.queryOptions(
      { name, range },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  return (
    <section className="flex flex-col gap-4">
      <div className="flex justify-end">
        <Segmented
          label={dependencyWords.charts}
          value={range}
          options={ranges.map((value) => ({ value, label: value }))}
          onChange={setRange}
        />
      </div>
      {history.data ? (
        <Charts name={name} history={history.data} />
      ) : history.error ? (
        <QueryProblem error={history.error} onRetry={() => history.refetch()} />
      ) : (
        <Skeleton className="h-40 w-full" />
      )}
    </section>
  );
}

function Charts({ name, history }: { name: string; history: DependencyHistory }) {
  const { fromMs, toMs, bucketMs, asOfMs } = history;
  const marks = useObjectMarks({ kind: "dependency", id: name }, history);
  const axis = { fromMs, toMs, bucketMs, asOfMs, marks };
  const buckets = new Map(history.buckets.map((bucket) => [bucket.atMs, bucket]));
  const places: number[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += bucketMs) places.push(atMs);
  return (
    <div className="flex flex-col gap-5">
      <ChartPanel
        {...axis}
        title={dependencyWords.answers}
        note={dependencyWords.answersNote}
        kind="bars"
        series={history.buckets.length === 0 ? [] : answers}
        empty={dependencyWords.noHistory}
        format={formatCount}
        points={places.map((atMs) => {
          const { succeeded = 0, failed = 0, refused = 0 } = buckets.get(atMs) ?? {};
          return { atMs, values: { succeeded, failed, refused } };
        })}
      />
      <ChartPanel
        {...axis}
        title={dependencyWords.starts}
        note={dependencyWords.startsNote}
        kind="lines"
        series={history.buckets.length === 0 ? [] : starts}
        empty={dependencyWords.noHistory}
        format={formatRate}
        points={places.map((atMs) => {
          const filledMs = Math.min(bucketMs, asOfMs - atMs);
          if (filledMs < leastFilledMs) return { atMs, values: null };
          const { firstStarts = 0, retryStarts = 0 } = buckets.get(atMs) ?? {};
          const perSecond = 1_000 / filledMs;
          return { atMs, values: { first: firstStarts * perSecond, retries: retryStarts * perSecond } };
        })}
      />
      <ChartPanel
        {...axis}
        title={dependencyWords.took}
        note={dependencyWords.tookNote}
        kind="lines"
        scale="log"
        series={history.buckets.length === 0 ? [] : times}
        empty={dependencyWords.noHistory}
        format={formatDuration}
        points={places.map((atMs): ChartPoint => {
          const { p50Ms = null, p95Ms = null } = buckets.get(atMs) ?? {};
          return { atMs, values: p50Ms === null || p95Ms === null ? {} : { p50: p50Ms, p95: p95Ms } };
        })}
      />
    </div>
  );
}
