import { queueWords } from "#app/words/queue-words.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { words } from "#components/words.ts";
import type { LatencySummary } from "#server/api/board/read-queue-detail.ts";

/** How long jobs waited and ran over the last minute. */
export function QueueTimes({ wait, run }: { wait: LatencySummary; run: LatencySummary }) {
  return (
    <Panel title={queueWords.figures}>
      <dl>
        <Fact name={queueWords.wait} why={queueWords.waitWhy}>
          {range(wait)}
        </Fact>
        <Fact name={queueWords.run} why={queueWords.runWhy}>
          {range(run)}
        </Fact>
      </dl>
    </Panel>
  );
}

function range({ p50Ms, p95Ms }: LatencySummary) {
  if (p50Ms === null || p95Ms === null) return <span className="text-ink-3">{words.none}</span>;
  return `≈ ${queueWords.range(formatDuration(p50Ms), formatDuration(p95Ms))}`;
}
