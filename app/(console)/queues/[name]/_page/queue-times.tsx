import { queueWords } from "#app/words/queue-words.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { Panel } from "#components/ui/panel.tsx";
import { words } from "#components/words.ts";
import type { LatencySummary } from "#server/api/board/read-queue-detail.ts";
import { FactList } from "../../../_parts/fact-list.tsx";

/** How long jobs waited and ran over the last minute. */
export function QueueTimes({ wait, run }: { wait: LatencySummary; run: LatencySummary }) {
  return (
    <Panel title={queueWords.figures}>
      <FactList
        rows={[
          [queueWords.wait, range(wait), queueWords.waitWhy],
          [queueWords.run, range(run), queueWords.runWhy],
        ]}
      />
    </Panel>
  );
}

function range({ p50Ms, p95Ms }: LatencySummary) {
  if (p50Ms === null || p95Ms === null) return <span className="text-ink-3">{words.none}</span>;
  return `≈ ${queueWords.range(formatDuration(p50Ms), formatDuration(p95Ms))}`;
}
