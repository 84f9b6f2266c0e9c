"use client";

import { failureWords } from "#app/words/failure-words.ts";
import { ChartPanel } from "#components/charts/chart-panel.tsx";
import { failureClassLook } from "#components/domain/failure-class-look.ts";
import { formatCount } from "#components/domain/format-count.ts";
import { failureClasses } from "#core/failure/failure-class.ts";
import type { GroupDetail } from "#server/api/failures/read-group-detail.ts";

/** Versions drawn apart; the others are one series. */
const mostVersions = 5;
const versionColours = [
  "var(--class-normal)",
  "var(--state-scheduled)",
  "var(--state-retryable)",
  "var(--class-bulk)",
  "var(--state-completed)",
];

/** Failures of the group over time, whole and by version. */
export function GroupCharts({ detail: { series, group, asOfMs } }: { detail: GroupDetail }) {
  const { fromMs, bucketMs, buckets } = series;
  const bars = Math.max(1, Math.ceil((asOfMs - fromMs) / bucketMs));
  const times = Array.from({ length: bars }, (_, index) => fromMs + index * bucketMs);
  const axis = { fromMs, toMs: fromMs + bars * bucketMs, bucketMs, asOfMs };
  const totals = new Map<string, number>();
  for (const bucket of buckets)
    totals.set(bucket.version, (totals.get(bucket.version) ?? 0) + bucket.attempts);
  const ranked = [...totals].sort((a, b) => b[1] - a[1]).map(([version]) => version);
  const apart = ranked.slice(0, mostVersions);
  const keyOf = (version: string) => (apart.includes(version) ? version : failureWords.others);
  const keys = ranked.length > mostVersions ? [...apart, failureWords.others] : apart;
  const known = failureClasses.find((name) => name === group.class) ?? "unknown";
  const sum = (atMs: number, key: string | null) =>
    buckets
      .filter((bucket) => bucket.atMs === atMs && (key === null || keyOf(bucket.version) === key))
      .reduce((total, bucket) => total + bucket.attempts, 0);
  const none = buckets.length === 0;
  return (
    <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
      <ChartPanel
        {...axis}
        title={failureWords.trend}
        note={failureWords.trendNote(bucketMs)}
        kind="bars"
        empty={failureWords.trendEmpty}
        series={none ? [] : [{ key: "all", label: group.class, colour: failureClassLook[known].colour }]}
        format={formatCount}
        points={times.map((atMs) => ({ atMs, values: { all: sum(atMs, null) } }))}
      />
      <ChartPanel
        {...axis}
        title={failureWords.versions}
        kind="bars"
        empty={failureWords.trendEmpty}
        series={keys.map((key, index) => ({
          key,
          label: key,
          colour: versionColours[index] ?? "var(--state-pending)",
        }))}
        format={formatCount}
        points={times.map((atMs) => ({
          atMs,
          values: Object.fromEntries(keys.map((key) => [key, sum(atMs, key)])),
        }))}
      />
    </div>
  );
}
