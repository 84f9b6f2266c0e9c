import { retryWords } from "#app/words/retry-words.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { RetryAnalysis } from "#core/retry/analyse-retries.ts";

/** What retries cost in vain, and how long those that help take. */
export function RetryCosts({ analysis, isScaled }: { analysis: RetryAnalysis; isScaled: boolean }) {
  const { wasted, recovery } = analysis;
  return (
    <Panel title={retryWords.costs}>
      <dl>
        <Fact name={retryWords.wasted} why={retryWords.wastedWhy}>
          {retryWords.perHour(wasted.perHour, isScaled)}
          {wasted.retries > 0 ? (
            <span className="block text-sm text-ink-3">
              {retryWords.wastedOf(wasted.ofDead, wasted.ofFutile)}
            </span>
          ) : null}
        </Fact>
        <Fact name={retryWords.slotTime}>{formatDuration(wasted.slotMsPerHour)}</Fact>
        <Fact name={retryWords.recovery} why={retryWords.percentilesWhy}>
          {recovery === null
            ? retryWords.recoveryNone
            : retryWords.percentiles(recovery.p50Ms, recovery.p90Ms, recovery.p99Ms)}
        </Fact>
      </dl>
    </Panel>
  );
}
