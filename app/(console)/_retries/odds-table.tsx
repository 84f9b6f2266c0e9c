"use client";

import { ChevronRight } from "lucide-react";
import { Fragment, type ReactNode, useState } from "react";
import { retryWords } from "#app/words/retry-words.ts";
import { FailureClassBadge } from "#components/domain/failure-class-badge.tsx";
import { formatCount } from "#components/domain/format-count.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { IntervalBar } from "#components/domain/interval-bar.tsx";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { NarrowHead, Table, Td, Th } from "#components/ui/table.tsx";
import type { RetryAnalysis } from "#core/retry/analyse-retries.ts";
import { lastToldAttempt } from "#core/retry/last-told-attempt.ts";
import type { RetryHazard } from "#core/retry/pool-hazards.ts";
import type { RetryOdds } from "#core/retry/retry-odds.ts";

const { oddsHead } = retryWords;
/** On a phone a row is its name over its figures, two by two. */
const narrowRow = "max-sm:grid max-sm:grid-cols-2 max-sm:items-baseline max-sm:py-1";
const narrowWhole = "max-sm:col-span-2 max-sm:text-left";

/** How often the next attempt succeeds: by the class of the failure before it, and each class by attempt. */
export function OddsTable({ analysis }: { analysis: RetryAnalysis }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set([retryWords.anyClass]));
  const toggle = (name: string) =>
    setOpened(
      (before) => new Set(before.has(name) ? [...before].filter((each) => each !== name) : [...before, name]),
    );
  return (
    <Panel title={retryWords.odds} note={retryWords.oddsNote}>
      <Table label={retryWords.odds} className="max-w-260">
        <thead className="max-sm:hidden">
          <tr>
            <Th>{oddsHead.after}</Th>
            <Th end>{oddsHead.tried}</Th>
            <Th end>{oddsHead.succeeded}</Th>
            <Th title={retryWords.oddsWhy}>{oddsHead.chance}</Th>
            <Th end>{oddsHead.within}</Th>
          </tr>
        </thead>
        <tbody>
          {[analysis.all, ...analysis.classes].map((odds) => {
            const name = odds.failureClass ?? retryWords.anyClass;
            return (
              <OddsRows
                key={name}
                odds={odds}
                name={name}
                isOpen={opened.has(name)}
                onToggle={() => toggle(name)}
              />
            );
          })}
        </tbody>
      </Table>
      <p className="max-w-200 pt-2 text-sm text-ink-3">{retryWords.oddsWhy}</p>
    </Panel>
  );
}

function OddsRows({
  odds,
  name,
  isOpen,
  onToggle,
}: {
  odds: RetryOdds;
  name: string;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const label = odds.failureClass === null ? name : <FailureClassBadge failureClass={odds.failureClass} />;
  return (
    <Fragment>
      <Row
        hazard={odds}
        within={odds.withinLimit}
        note={odds.isFutile ? <Futile /> : null}
        name={
          odds.attempts.length === 0 ? (
            <span className="pl-5">{label}</span>
          ) : (
            <button
              type="button"
              aria-expanded={isOpen}
              onClick={onToggle}
              className="flex items-center gap-1 hover:underline"
            >
              <ChevronRight aria-hidden className={cn("size-4 text-ink-3", isOpen && "rotate-90")} />
              {label}
            </button>
          )
        }
      />
      {isOpen
        ? odds.attempts.map((one) => (
            <Row
              key={one.attempt}
              hazard={one}
              within={one.withinLeft}
              name={
                <span className="pl-5 text-ink-2">
                  {retryWords.attempt(one.attempt, one.attempt === lastToldAttempt)}
                </span>
              }
            />
          ))
        : null}
    </Fragment>
  );
}

function Futile() {
  return (
    <span className="ml-2 text-gate-caution" title={retryWords.futileWhy}>
      {retryWords.futile}
    </span>
  );
}

function Row({
  hazard,
  within,
  name,
  note = null,
}: {
  hazard: RetryHazard;
  within: number;
  name: ReactNode;
  note?: ReactNode;
}) {
  const { tried, succeeded, low, mean, high } = hazard;
  return (
    <tr className={cn("hairline-b", narrowRow)}>
      <Td className={narrowWhole}>{name}</Td>
      <Td end className="max-sm:text-left">
        <NarrowHead>{oddsHead.tried}</NarrowHead>
        {formatCount(tried)}
      </Td>
      <Td end className="max-sm:text-left">
        <NarrowHead>{oddsHead.succeeded}</NarrowHead>
        {formatCount(succeeded)}
      </Td>
      <Td className={narrowWhole}>
        {tried === 0 ? (
          <span className="text-ink-3">{retryWords.untried}</span>
        ) : (
          <>
            <IntervalBar low={low} mean={mean} high={high} />
            <span className="ml-2">{retryWords.chance(mean)}</span>
            <span className="ml-2 text-ink-3">{retryWords.interval(low, high)}</span>
            {note}
          </>
        )}
      </Td>
      <Td end className={narrowWhole}>
        <NarrowHead>{oddsHead.within}</NarrowHead>
        {tried === 0 ? null : formatShare(within)}
      </Td>
    </tr>
  );
}
