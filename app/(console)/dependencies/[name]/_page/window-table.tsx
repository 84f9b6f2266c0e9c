import { dependencyWords } from "#app/words/dependency-words.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { formatRate } from "#components/domain/format-rate.ts";
import { formatShare } from "#components/domain/format-share.ts";
import { cn } from "#components/ui/cn.ts";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { words } from "#components/words.ts";
import type { DependencyDetail } from "#server/api/dependencies/dependency-summary.ts";

const { row, windowHead } = dependencyWords;

/** What was answered in the breaker's window, each beside the bound from which it opens. */
export function WindowTable({ detail }: { detail: DependencyDetail }) {
  const { window, settings, slowMs, p50Ms, p95Ms, multiplier } = detail;
  const share = (part: number) =>
    window.calls === 0
      ? dependencyWords.noCalls
      : dependencyWords.ofCalls(formatShare(Math.min(1, part / window.calls)), part, window.calls);
  const isAbove = (part: number, bound: number) => window.calls > 0 && part / window.calls > bound;
  return (
    <Panel title={dependencyWords.window} note={dependencyWords.windowNote(window.spanMs)}>
      <Table label={dependencyWords.window} className="max-w-180">
        <thead>
          <tr>
            <Th>{windowHead.what}</Th>
            <Th end>{windowHead.now}</Th>
            <Th className="w-full">{windowHead.opens}</Th>
          </tr>
        </thead>
        <tbody>
          <Row
            name={row.failed}
            now={share(window.failed)}
            alarming={isAbove(window.failed, settings.failureThreshold)}
            opens={`${dependencyWords.surelyAbove(formatShare(settings.failureThreshold))}, ${dependencyWords.inARow(settings.consecutiveFailures)}`}
          />
          <Row
            name={slowMs === null ? row.slow : row.slowOver(slowMs)}
            now={slowMs === null ? dependencyWords.slowUnknown : share(window.slow)}
            alarming={isAbove(window.slow, settings.slowThreshold)}
            opens={dependencyWords.surelyAbove(formatShare(settings.slowThreshold))}
          />
          <Row name={row.refused} now={String(window.refused)} alarming={window.refused > 0} />
          <Row
            name={row.rate}
            now={formatRate(window.callsPerSecond)}
            opens={dependencyWords.atLeastCalls(settings.minimumCalls)}
          />
          <Row
            name={row.times}
            now={
              p50Ms === null || p95Ms === null
                ? words.none
                : `${formatDuration(p50Ms)} · ${formatDuration(p95Ms)}`
            }
          />
          <Row name={row.limit} now={startsAllowed(detail)} />
          {multiplier > 1 ? <Row name={row.multiplier} now={dependencyWords.stretched(multiplier)} /> : null}
        </tbody>
      </Table>
    </Panel>
  );
}

function startsAllowed({ state, forced, ratePerSecond }: DependencyDetail): string {
  if (forced === "open") return dependencyWords.noStarts;
  if (forced === null && (state === "open" || state === "half-open")) return dependencyWords.probesOnly;
  return ratePerSecond === null ? dependencyWords.unlimited : dependencyWords.perSecond(ratePerSecond);
}

function Row({
  name,
  now,
  opens,
  alarming = false,
}: {
  name: string;
  now: string;
  /** From where on the breaker opens for it. */
  opens?: string;
  alarming?: boolean;
}) {
  return (
    <tr className="hairline-b">
      <Td>{name}</Td>
      <Td end className={cn(alarming && "font-medium text-gate-stop")}>
        {now}
      </Td>
      <Td className="text-ink-3 max-sm:whitespace-normal">{opens}</Td>
    </tr>
  );
}
