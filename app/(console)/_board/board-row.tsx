"use client";

import Link from "next/link";
import { boardWords } from "#app/words/board-words.ts";
import { Figure } from "#components/domain/figure.tsx";
import { formatAge } from "#components/domain/format-duration.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { useNowMs } from "#components/domain/now.ts";
import { SignalGate } from "#components/domain/signal-gate.tsx";
import { SlotTrack } from "#components/domain/slot-track.tsx";
import { WaitingBar } from "#components/domain/waiting-bar.tsx";
import { cn } from "#components/ui/cn.ts";
import { words } from "#components/words.ts";
import { forecastDrain } from "#core/flow/forecast-drain.ts";
import { priorityClasses } from "#core/priority/priority-class.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { findBreaker, findSignal, type QueueReasons, waitingJobs } from "./find-signal.ts";
import { failureShare, heldWorkMs } from "./find-trouble.ts";

/** The columns of the Board: one line from tablets on, two lines on a phone. */
export const boardGrid = cn(
  "grid items-center",
  "grid-cols-[minmax(0,1fr)_116px]",
  "sm:grid-cols-[minmax(88px,1.1fr)_48px_56px_minmax(80px,2fr)_112px_132px_56px]",
  "lg:grid-cols-[minmax(100px,0.7fr)_52px_60px_minmax(140px,2fr)_104px_132px_56px_56px_52px_136px]",
  "xl:grid-cols-[minmax(110px,0.7fr)_56px_64px_minmax(140px,2fr)_108px_164px_60px_60px_56px_140px]",
  "2xl:grid-cols-[minmax(140px,0.7fr)_64px_72px_minmax(140px,2fr)_116px_200px_64px_64px_64px_136px]",
);

/** From this share of failed attempts on it is worth a figure, and from this one a colour. */
const tellingShare = 0.005;
const alarmingShare = 0.05;

/** One queue, read left to right as its work flows. */
export function BoardRow({
  queue,
  share,
  reasons,
}: {
  queue: BoardQueue;
  share: number;
  /** What its jobs wait for, as far as it is told. */
  reasons: QueueReasons | undefined;
}) {
  const nowMs = useNowMs();
  const signal = findSignal(queue, reasons);
  const breaker = signal.cause === "breaker" ? findBreaker(reasons ?? []) : null;
  const waiting = waitingJobs(queue);
  const { trend, rates } = queue;
  const failing = failureShare(queue);
  const workMs = heldWorkMs(queue);
  const forecast = forecastDrain({
    waiting,
    inflow: trend.inflow,
    starts: trend.starts,
    windowMs: trend.windowMs,
  });
  const parts = priorityClasses
    .map((name, rank) => ({ name, count: queue.waiting[rank] ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(", ");
  const queueHref = `/queues/${encodeURIComponent(queue.name)}`;
  const jobsHref = (states: string) => `/jobs?queue=${encodeURIComponent(queue.name)}&state=${states}`;
  const slots = queue.maxRunning === null ? queue.slots : Math.min(queue.slots, queue.maxRunning);
  const cause = signal.cause ? boardWords.cause[signal.cause] : boardWords.clear;
  return (
    <li className={cn(boardGrid, "hairline-b relative min-h-9 hover:bg-hover max-sm:py-1.5")}>
      <span className="min-w-0 truncate pr-2 pl-2 font-medium">
        <Link prefetch={false} href={queueHref} className="hover:underline">
          {queue.name}
        </Link>
      </span>

      <span title={boardWords.arrivalsWhy} className="text-right max-sm:hidden">
        {formatRate(rates.arrivals)}
      </span>

      <span className="text-right max-sm:order-2 max-sm:pr-2">
        {waiting > 0 ? (
          <Link prefetch={false} href={jobsHref("available,held")} className="hover:underline">
            <Figure value={waiting} exactness={queue.atLeast ? "at-least" : "exact"} />
            <span className="text-ink-3 sm:hidden"> {boardWords.waiting}</span>
          </Link>
        ) : (
          <span className="text-ink-3">0</span>
        )}
      </span>

      <span className="on-track flex h-full items-center justify-end pl-3 max-sm:order-4 max-sm:h-6 max-sm:pl-2">
        <WaitingBar
          counts={queue.waiting}
          share={share}
          held={signal.aspect === "stop"}
          label={boardWords.waitingLabel(queue.name, parts)}
        />
      </span>

      <span className="on-track flex h-full items-center gap-1.5 pl-0.75 max-sm:order-5 max-sm:h-6">
        <SignalGate aspect={signal.aspect} />
        {signal.cause ? (
          <Link
            prefetch={false}
            href={breaker === null ? queueHref : `/dependencies/${encodeURIComponent(breaker)}`}
            title={breaker === null ? undefined : boardWords.heldByBreaker(breaker)}
            aria-label={boardWords.signal(breaker ? boardWords.heldByBreaker(breaker) : cause, queue.held)}
            className={cn(
              "truncate rounded-sm bg-bg px-1 text-sm font-medium hover:underline",
              signal.aspect === "stop" ? "text-gate-stop" : "text-gate-caution",
            )}
          >
            {cause}
          </Link>
        ) : (
          <span className="sr-only">{boardWords.signal(cause, 0)}</span>
        )}
      </span>

      <span className="on-track flex h-full items-center max-sm:hidden">
        <Link prefetch={false} href={jobsHref("running")} className="flex min-w-0 grow">
          <SlotTrack filled={queue.running} slots={slots} label={boardWords.slots(queue.running, slots)} />
        </Link>
      </span>

      <span title={boardWords.finishesWhy} className="pr-1 text-right max-sm:hidden">
        {formatRate(rates.finishes)}
      </span>

      <span className="text-right max-lg:hidden">
        {failing >= tellingShare ? (
          <Link
            prefetch={false}
            href={jobsHref("retryable,dead")}
            className={cn("hover:underline", failing >= alarmingShare ? "text-gate-stop" : "text-ink-2")}
          >
            {formatShare(failing)}
          </Link>
        ) : (
          <span className="text-ink-3">{words.none}</span>
        )}
      </span>

      <span className="text-right max-lg:hidden">
        {queue.oldestRunAtMs !== null && waiting > 0 && nowMs > 0 ? (
          formatAge(nowMs - queue.oldestRunAtMs)
        ) : (
          <span className="text-ink-3">{words.none}</span>
        )}
      </span>

      {queue.paused && waiting > 0 ? (
        <span
          title={boardWords.heldForecastWhy}
          className="truncate pr-2 text-right text-ink-2 max-lg:hidden"
        >
          {workMs === null ? boardWords.held : boardWords.heldForecast(workMs)}
        </span>
      ) : (
        <span
          className={cn(
            "truncate pr-2 pl-4 text-right text-ink-2 max-lg:hidden",
            forecast.kind === "grows" && "text-gate-caution",
            (forecast.kind === "flowing" || forecast.kind === "none") && "text-ink-3",
          )}
        >
          {boardWords.forecast(forecast)}
        </span>
      )}
    </li>
  );
}
