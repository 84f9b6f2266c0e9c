"use client";

import Link from "next/link";
import { policyWords } from "#app/words/policy-words.ts";
import { ChartPanel } from "#components/charts/chart-panel.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { cn } from "#components/ui/cn.ts";
import { NarrowHead, Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { BacktestFigures, Estimate } from "#core/retry/backtest-report.ts";
import type { NextDecision } from "#core/retry/next-decision.ts";
import type { Backtest } from "#server/api/policies/run-backtest.ts";

const text = policyWords.backtest;
const lines: readonly { key: keyof BacktestFigures; name: string; isTime: boolean }[] = [
  { key: "recovered", name: text.recovered, isTime: false },
  { key: "dead", name: text.dead, isTime: false },
  { key: "medianLatencyMs", name: text.median, isTime: true },
  { key: "p95LatencyMs", name: text.p95, isTime: true },
  { key: "attempts", name: text.attempts, isTime: false },
  { key: "peakRetriesPerMinute", name: text.peak, isTime: false },
];
/** On a phone: in the second line of its row, each in a half of it. */
const narrowEstimate = "max-sm:order-1 max-sm:text-left max-sm:whitespace-normal";
const changeOrder: readonly NextDecision[] = ["retried", "dies", "sooner", "later", "same"];

/** Both policies side by side, with the differences in words, their retries over time, and who waits now. */
export function BacktestReportView({ backtest }: { backtest: Backtest }) {
  const { report, waiting } = backtest;
  return (
    <div className="flex flex-col gap-4">
      {report.jobs === 0 ? (
        <p className="text-sm text-ink-2">{text.none}</p>
      ) : (
        <>
          <div className="flex flex-col gap-1">
            <p className="font-medium">{text.verdict(report.gained, report.lost)}</p>
            <p className="text-sm text-ink-3">
              {text.jobs(report.jobs, backtest.complete)}
              {backtest.leftOut > 0 ? ` · ${text.leftOut(backtest.leftOut)}` : ""}
              {backtest.complete ? "" : `. ${text.sampled}`}
            </p>
          </div>
          <Table label={text.title} className="max-w-200">
            <thead className="max-sm:hidden">
              <tr>
                <Th>{text.figure}</Th>
                <Th end title={text.intervalWhy}>
                  {text.old}
                </Th>
                <Th end title={text.intervalWhy}>
                  {text.new}
                </Th>
                <Th end>{text.difference}</Th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ key, name, isTime }) => (
                <tr
                  key={key}
                  className="hairline-b max-sm:grid max-sm:grid-cols-2 max-sm:items-baseline max-sm:py-1"
                >
                  <Td className="max-sm:whitespace-normal">{name}</Td>
                  <EstimateCell head={text.old} estimate={report.old[key]} isTime={isTime} />
                  <EstimateCell head={text.new} estimate={report.new[key]} isTime={isTime} />
                  <Td end>{difference(report.old[key], report.new[key], isTime)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
          {report.series.length > 0 ? (
            <ChartPanel
              title={text.series}
              note={text.seriesNote}
              kind="lines"
              series={[
                { key: "old", label: text.old, colour: "var(--ink-3)" },
                { key: "new", label: text.new, colour: "var(--accent)" },
              ]}
              points={report.series.map((point) => ({
                atMs: point.atMs,
                values: { old: point.old, new: point.new },
              }))}
              fromMs={report.series[0]?.atMs ?? 0}
              toMs={(report.series.at(-1)?.atMs ?? 0) + report.bucketMs}
              bucketMs={report.bucketMs}
              asOfMs={Number.POSITIVE_INFINITY}
              format={formatCount}
            />
          ) : null}
        </>
      )}
      <p className="max-w-200 text-sm text-ink-3">{text.assumption}</p>
      <section aria-label={text.waiting} className="flex flex-col gap-1">
        <h3 className="text-sm font-medium">
          {text.waiting} · {text.count(waiting.total, waiting.atLeast)}
        </h3>
        {waiting.total === 0 ? (
          <p className="text-sm text-ink-3">{text.waitingNone}</p>
        ) : (
          <>
            <p className="max-w-200 text-sm text-ink-2">{text.waitingWhat}</p>
            <ul className="flex flex-wrap gap-x-4 text-sm">
              {changeOrder
                .filter((change) => waiting.changes[change] > 0)
                .map((change) => (
                  <li key={change}>
                    {formatCount(waiting.changes[change])} {text.change[change]}
                  </li>
                ))}
            </ul>
            <ul className="flex flex-col">
              {waiting.shown.map(({ id, runAtMs, change }) => (
                <li key={id} className="flex flex-wrap gap-x-3 text-sm">
                  <Link href={`/jobs/${id}`} prefetch={false} className="font-mono hover:underline">
                    {id}
                  </Link>
                  <RelativeTime atMs={runAtMs} className="text-ink-3" />
                  <span>{text.change[change]}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

function EstimateCell({ head, estimate, isTime }: { head: string; estimate: Estimate; isTime: boolean }) {
  const say = isTime ? formatDuration : formatCount;
  const { value, low, high } = estimate;
  if (value === null)
    return (
      <Td end className={cn(narrowEstimate, "text-ink-3")}>
        <NarrowHead>{head}</NarrowHead>
        {words.none}
      </Td>
    );
  return (
    <Td end className={narrowEstimate}>
      <NarrowHead>{head}</NarrowHead>
      {say(value)}
      {low !== null && high !== null && low !== high ? (
        <>
          {" "}
          <span className="inline-block whitespace-nowrap text-ink-3 sm:ml-1" title={text.intervalWhy}>
            {text.interval(say(low), say(high))}
          </span>
        </>
      ) : null}
    </Td>
  );
}

function difference(before: Estimate, after: Estimate, isTime: boolean): string {
  if (before.value === null || after.value === null) return words.none;
  const change = after.value - before.value;
  if (change === 0) return text.same;
  if (isTime) {
    const figure = formatDuration(Math.abs(change));
    return change > 0 ? text.longer(figure) : text.shorter(figure);
  }
  const figure = formatCount(Math.abs(change));
  return change > 0 ? text.more(figure) : text.fewer(figure);
}
