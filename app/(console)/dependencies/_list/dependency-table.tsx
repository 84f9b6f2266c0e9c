"use client";

import Link from "next/link";
import { rowProps } from "#app/_keys/use-row-keys.ts";
import { dependencyWords } from "#app/words/dependency-words.ts";
import { Figure } from "#components/domain/figure.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatClock } from "#components/domain/format-instant.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { useNowMs } from "#components/domain/now.ts";
import { cn } from "#components/ui/cn.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { DependencySummary } from "#server/api/dependencies/dependency-summary.ts";
import { BreakerWord } from "../_parts/breaker-word.tsx";
import { BudgetGauge } from "../_parts/budget-gauge.tsx";

const { head } = dependencyWords;
/** From this share of failed or slow calls on the figure is told in red. */
const alarmingShare = 0.05;

/** Dependencies as rows of figures; on a phone what they hold stays. */
export function DependencyTable({ dependencies }: { dependencies: readonly DependencySummary[] }) {
  const nowMs = useNowMs();
  return (
    <Table label={dependencyWords.list}>
      <thead>
        <tr>
          <Th>{head.dependency}</Th>
          <Th>{head.breaker}</Th>
          <Th end title={dependencyWords.heldWhy}>
            {head.held}
          </Th>
          <Th end title={dependencyWords.callsWhy} className="max-sm:hidden">
            {head.calls}
          </Th>
          <Th end title={dependencyWords.failedWhy}>
            {head.failed}
          </Th>
          <Th end title={dependencyWords.slowWhy} className="max-md:hidden">
            {head.slow}
          </Th>
          <Th end title={dependencyWords.timesWhy} className="max-lg:hidden">
            {head.times}
          </Th>
          <Th title={dependencyWords.retriesWhy} className="max-md:hidden">
            {head.retries}
          </Th>
          <Th end className="max-lg:hidden">
            {head.needed}
          </Th>
        </tr>
      </thead>
      <tbody>
        {dependencies.map((dependency) => {
          const { name, window, sinceMs, state, forced, definitions } = dependency;
          const { p50Ms, p95Ms, held } = dependency;
          return (
            <tr
              key={name}
              {...rowProps(name)}
              className="hairline-b hover:bg-hover focus-within:bg-hover focus-within:shadow-[inset_2px_0_var(--accent)]"
            >
              <Td className="font-medium">
                <Link
                  href={`/dependencies/${encodeURIComponent(name)}`}
                  prefetch={false}
                  className="hover:underline"
                >
                  {name}
                </Link>
              </Td>
              <Td>
                <span className="flex items-center gap-2">
                  <BreakerWord dependency={dependency} />
                  {(state !== "closed" || forced !== null) && sinceMs !== null && nowMs > 0 ? (
                    <span className="text-ink-3 max-sm:hidden">
                      {dependencyWords.since(formatClock(sinceMs), Math.max(0, nowMs - sinceMs))}
                    </span>
                  ) : null}
                </span>
              </Td>
              <Td end className={held === 0 ? "text-ink-3" : "font-medium"}>
                {held === 0 ? words.none : <Figure value={held} exactness="as-of" />}
              </Td>
              <Td end className="max-sm:hidden">
                {formatRate(window.callsPerSecond)}
              </Td>
              <ShareCell part={window.failed} whole={window.calls} />
              <ShareCell part={window.slow} whole={window.calls} className="max-md:hidden" />
              <Td end className={cn("max-lg:hidden", p50Ms === null && "text-ink-3")}>
                {p50Ms === null || p95Ms === null
                  ? words.none
                  : `${formatDuration(p50Ms)} · ${formatDuration(p95Ms)}`}
              </Td>
              <Td className="max-md:hidden">
                <BudgetGauge budget={dependency.budget} />
              </Td>
              <Td end className="text-ink-2 max-lg:hidden" title={definitions.join(", ")}>
                {dependencyWords.definitions(definitions.length)}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function ShareCell({ part, whole, className }: { part: number; whole: number; className?: string }) {
  const share = whole === 0 ? 0 : Math.min(1, part / whole);
  return (
    <Td
      end
      className={cn(share >= alarmingShare ? "text-gate-stop" : share === 0 ? "text-ink-3" : "", className)}
    >
      {whole === 0 ? words.none : formatShare(share)}
    </Td>
  );
}
