"use client";

import { useRole } from "#app/_session/use-role.ts";
import { queueWords } from "#app/words/queue-words.ts";
import { formatCount } from "#components/domain/format-count.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { roleCovers } from "#core/access/role.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { LimitsDialog } from "./limits-dialog.tsx";

const { limit } = queueWords;
const none = <span className="text-ink-3">{queueWords.noLimit}</span>;

/** What limits a queue, and the way to change it. */
export function QueueLimits({
  queue,
  updatedAtMs,
  pools,
}: {
  queue: BoardQueue;
  updatedAtMs: number;
  pools: readonly string[];
}) {
  const { maxRunning, maxRunningPerKey, fair, rateLimit } = queue;
  const mayAct = roleCovers(useRole(), "operator");
  return (
    <Panel title={queueWords.limits} aside={mayAct ? <LimitsDialog queue={queue} pools={pools} /> : null}>
      <dl>
        <Fact name={limit.maxRunning}>{maxRunning === null ? none : formatCount(maxRunning)}</Fact>
        <Fact name={limit.maxRunningPerKey}>
          {maxRunningPerKey === null ? none : formatCount(maxRunningPerKey)}
        </Fact>
        <Fact name={limit.fair} why={queueWords.field.fairHint}>
          {fair ? queueWords.fair : null}
        </Fact>
        <Fact name={limit.rate}>
          {rateLimit === null ? none : queueWords.rate(rateLimit.count, rateLimit.perMs)}
        </Fact>
        <Fact name={limit.pool}>{queue.pool}</Fact>
        <Fact name={limit.edited}>
          <RelativeTime atMs={updatedAtMs} />
        </Fact>
      </dl>
    </Panel>
  );
}
