"use client";

import { queueWords } from "#app/words/queue-words.ts";
import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import type { QueueSettings } from "#server/api/board/read-queue-detail.ts";

const { limit } = queueWords;

/** What limits a queue; a limit that is not set is not named. */
export function QueueLimits({ queue, settings }: { queue: BoardQueue; settings: QueueSettings }) {
  const { maxRunningPerKey, rateLimitCount, rateLimitPerMs, thresholds } = settings;
  const { maxDepth, maxOldestMs } = thresholds ?? {};
  return (
    <Panel title={queueWords.limits}>
      <dl>
        <Fact name={limit.pool}>{queue.pool}</Fact>
        <Fact name={limit.maxRunning}>
          {queue.maxRunning === null ? (
            <span className="text-ink-3">{queueWords.noLimit}</span>
          ) : (
            formatCount(queue.maxRunning)
          )}
        </Fact>
        <Fact name={limit.maxRunningPerKey}>
          {maxRunningPerKey !== null && formatCount(maxRunningPerKey)}
        </Fact>
        <Fact name={limit.rate}>
          {rateLimitCount !== null &&
            rateLimitPerMs !== null &&
            queueWords.rate(rateLimitCount, rateLimitPerMs)}
        </Fact>
        <Fact name={limit.maxDepth}>{maxDepth !== undefined && formatCount(maxDepth)}</Fact>
        <Fact name={limit.maxOldest}>{maxOldestMs !== undefined && formatDuration(maxOldestMs)}</Fact>
        <Fact name={limit.edited}>
          <RelativeTime atMs={settings.updatedAtMs} />
        </Fact>
      </dl>
    </Panel>
  );
}
