"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { boardWords } from "#app/words/board-words.ts";
import { ChartPanel } from "#components/charts/chart-panel.tsx";
import { failureClassLook } from "#components/domain/failure-class-look.ts";
import { formatCount } from "#components/domain/format-count.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { priorityLook } from "#components/domain/priority-look.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { failureClasses } from "#core/failure/failure-class.ts";
import { type PriorityClass, priorityClasses } from "#core/priority/priority-class.ts";
import type { Series } from "#server/api/board/read-series.ts";
import type { SeriesRange } from "#server/api/board/series-range.ts";
import { useTRPC } from "../../_trpc/react.tsx";
import { QueryProblem } from "../_parts/query-problem.tsx";
import { useChartMarks } from "../_parts/use-chart-marks.ts";

const ranges = ["15m", "1h", "6h", "24h"] as const satisfies readonly SeriesRange[];
const leastRefetchMs = 30_000;
const shortestRefetchMs = 60_000;
/** A rate over less of a bucket than this says nothing. */
const leastFilledMs = 4_000;

/** Depth, flow and failures of all queues or of one, on one time axis; the span is in the address. */
export function BoardCharts({ queue }: { queue: string | null }) {
  const trpc = useTRPC();
  const [range, setRange] = useQueryState("range", parseAsStringLiteral(ranges).withDefault("15m"));
  const live = queue === null && range === "15m";
  const series = useQuery(
    trpc.overview.series.queryOptions(queue === null ? { range } : { range, queue }, {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        live
          ? shortestRefetchMs
          : range === "15m"
            ? 10_000
            : Math.max(leastRefetchMs, state.data?.bucketMs ?? 0),
    }),
  );
  return (
    <section className="flex flex-col gap-4">
      <div className="flex justify-end">
        <Segmented
          label={boardWords.range}
          value={range}
          options={ranges.map((value) => ({ value, label: value }))}
          onChange={setRange}
        />
      </div>
      {series.data ? (
        <Charts series={series.data} queue={queue} />
      ) : series.error ? (
        <QueryProblem error={series.error} onRetry={() => series.refetch()} />
      ) : (
        <Skeleton className="h-40 w-full" />
      )}
    </section>
  );
}

const depthSeries = priorityClasses.map((name) => ({
  key: name,
  label: name,
  colour: priorityLook[name].colour,
}));
const flowSeries = [
  { key: "submitted", label: boardWords.submitted, colour: "var(--state-available)" },
  { key: "started", label: boardWords.started, colour: "var(--state-running)" },
  { key: "completed", label: boardWords.completed, colour: "var(--state-completed)" },
  { key: "failed", label: boardWords.failed, colour: "var(--state-dead)" },
];

function Charts({ series, queue }: { series: Series; queue: string | null }) {
  const marks = useChartMarks(series.fromMs, series.toMs, queue);
  const axis = {
    fromMs: series.fromMs,
    toMs: series.toMs,
    bucketMs: series.bucketMs,
    asOfMs: series.asOfMs,
    marks,
  };
  const perSecond = 1_000 / series.bucketMs;
  const flow = new Map(series.flow.map((bucket) => [bucket.atMs, bucket]));
  const depths = new Map(series.depths.map((bucket) => [bucket.atMs, bucket]));
  const times: number[] = [];
  for (let atMs = series.fromMs; atMs < series.toMs; atMs += series.bucketMs) times.push(atMs);
  const seen = failureClasses.filter((name) =>
    series.flow.some((bucket) => (bucket.failures[name] ?? 0) > 0),
  );
  return (
    <div className="flex flex-col gap-5">
      <ChartPanel
        {...axis}
        title={boardWords.depth}
        note={boardWords.depthNote}
        kind="areas"
        series={depthSeries}
        format={formatCount}
        points={times.map((atMs) => {
          const bucket = depths.get(atMs);
          const byRank = (name: PriorityClass, rank: number) => [name, bucket?.byRank[rank] ?? 0] as const;
          return { atMs, values: bucket ? Object.fromEntries(priorityClasses.map(byRank)) : null };
        })}
      />
      <ChartPanel
        {...axis}
        title={boardWords.rates}
        note={boardWords.ratesNote}
        kind="lines"
        series={flowSeries}
        format={formatRate}
        points={times.map((atMs) => {
          const bucket = flow.get(atMs);
          const filledMs = Math.min(series.bucketMs, series.asOfMs - atMs);
          if (filledMs < leastFilledMs) return { atMs, values: null };
          const rate = filledMs < series.bucketMs ? 1_000 / filledMs : perSecond;
          const failed = Object.values(bucket?.failures ?? {}).reduce((sum, count) => sum + count, 0);
          return {
            atMs,
            values: {
              submitted: (bucket?.submitted ?? 0) * rate,
              started: (bucket?.started ?? 0) * rate,
              completed: (bucket?.completed ?? 0) * rate,
              failed: failed * rate,
            },
          };
        })}
      />
      <ChartPanel
        {...axis}
        title={boardWords.failures}
        note={boardWords.failuresNote}
        kind="bars"
        empty={boardWords.noFailures}
        series={seen.map((name) => ({ key: name, label: name, colour: failureClassLook[name].colour }))}
        format={formatCount}
        points={times.map((atMs) => ({ atMs, values: flow.get(atMs)?.failures ?? {} }))}
      />
    </div>
  );
}
