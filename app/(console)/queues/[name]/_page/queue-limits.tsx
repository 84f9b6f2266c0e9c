"use client";

import { queueWords } from "#app/words/queue-words.ts";
import { formatCount } from "#components/domain/format-count.ts";
import { formatDuration } from "#components/domain/format-duration.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import type { QueueSettingsRow } from "#server/store/overview/find-queue-settings.ts";
import { FactList } from "../../../_parts/fact-list.tsx";

const { limit } = queueWords;

/** What limits a queue; a limit that is not set is not named. */
export function QueueLimits({ queue, settings }: { queue: BoardQueue; settings: QueueSettingsRow }) {
  const { rateLimitCount, rateLimitPerMs, thresholds } = settings;
  return (
    <Panel title={queueWords.limits}>
      <FactList
        rows={[
          [limit.pool, queue.pool],
          [
            limit.maxRunning,
            queue.maxRunning === null ? (
              <span className="text-ink-3">{queueWords.noLimit}</span>
            ) : (
              formatCount(queue.maxRunning)
            ),
          ],
          [
            limit.maxRunningPerKey,
            settings.maxRunningPerKey === null ? null : formatCount(settings.maxRunningPerKey),
          ],
          [
            limit.rate,
            rateLimitCount === null || rateLimitPerMs === null
              ? null
              : queueWords.rate(rateLimitCount, rateLimitPerMs),
          ],
          [limit.maxDepth, thresholds?.maxDepth === undefined ? null : formatCount(thresholds.maxDepth)],
          [
            limit.maxOldest,
            thresholds?.maxOldestMs === undefined ? null : formatDuration(thresholds.maxOldestMs),
          ],
          [limit.edited, <RelativeTime key="edited" atMs={settings.updatedAtMs} />],
        ]}
      />
    </Panel>
  );
}
