"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTRPC } from "#app/_trpc/react.tsx";
import { queueWords } from "#app/words/queue-words.ts";
import type { ChartPoint } from "#components/charts/chart-data.ts";
import { ChartPanel } from "#components/charts/chart-panel.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Percentiles } from "#server/api/board/read-queue-times.ts";
import type { SeriesRange } from "#server/api/board/series-range.ts";
import { QueryProblem } from "../../../_parts/query-problem.tsx";

const ranges = ["15m", "1h", "6h", "24h"] as const satisfies readonly SeriesRange[];
const refetchMs = 30_000;
const percentileSeries = [
  { key: "p50", label: queueWords.p50, colour: "var(--state-completed)" },
  { key: "p95", label: queueWords.p95, colour: "var(--state-running)" },
  { key: "p99", label: queueWords.p99, colour: "var(--state-scheduled)" },
];
const oldest = { key: "oldest", label: queueWords.oldestSeries, colour: "var(--gate-caution)", dashed: true };

/** How long jobs of a queue waited and ran, with the wait of the oldest, which goes on when nothing starts. */
export function TimesCharts({ queue }: { queue: string }) {
  const trpc = useTRPC();
  const [range] = useQueryState("range", parseAsStringLiteral(ranges).withDefault("15m"));
  const times = useQuery(
    trpc.queues.times.queryOptions(
      { name: queue, range },
      { placeholderData: keepPreviousData, refetchInterval: refetchMs },
    ),
  );
  if (times.error && !times.data) return <QueryProblem error={times.error} onRetry={() => times.refetch()} />;
  if (!times.data) return <Skeleton className="h-40 w-full" />;
  const { fromMs, toMs, bucketMs, asOfMs, buckets } = times.data;
  const axis = {
    fromMs,
    toMs,
    bucketMs,
    asOfMs,
    kind: "lines",
    scale: "log",
    format: formatDuration,
  } as const;
  return (
    <div className="flex flex-col gap-5">
      <ChartPanel
        {...axis}
        title={queueWords.waits}
        note={queueWords.waitsNote}
        series={[...percentileSeries, oldest]}
        points={buckets.map(
          ({ atMs, wait, oldestMs }): ChartPoint => ({
            atMs,
            values: { ...values(wait), ...(oldestMs === null ? {} : { oldest: oldestMs }) },
          }),
        )}
      />
      <ChartPanel
        {...axis}
        title={queueWords.runs}
        note={queueWords.runsNote}
        series={percentileSeries}
        points={buckets.map(({ atMs, run }): ChartPoint => ({ atMs, values: values(run) }))}
      />
    </div>
  );
}

function values({ p50Ms, p95Ms, p99Ms }: Percentiles): Record<string, number> {
  const told = { p50: p50Ms, p95: p95Ms, p99: p99Ms };
  return Object.fromEntries(
    Object.entries(told).filter((entry): entry is [string, number] => entry[1] !== null),
  );
}
