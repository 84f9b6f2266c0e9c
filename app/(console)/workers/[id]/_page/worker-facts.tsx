"use client";

import { boardWords } from "#app/words/board-words.ts";
import { workerWords } from "#app/words/worker-words.ts";
import { ForeignText } from "#components/domain/foreign-text.tsx";
import { formatDuration } from "#components/domain/format-duration.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { SlotTrack } from "#components/domain/slot-track.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { WorkerSummary } from "#server/api/routers/workers.ts";

const { fact } = workerWords;

/** A worker as it last told of itself. */
export function WorkerFacts({ worker }: { worker: WorkerSummary }) {
  const { running, concurrency, slotLimit, limitBecause, loopLagMs, clockOffsetMs, endedAtMs } = worker;
  const limits = endedAtMs === null && slotLimit !== null;
  return (
    <Panel title={workerWords.facts}>
      <dl>
        <Fact name={fact.state} why={workerWords.stateWhy[worker.state]}>
          {workerWords.state[worker.state]}
        </Fact>
        <Fact name={fact.drainedBy}>{worker.drainedBy && <ForeignText text={worker.drainedBy} />}</Fact>
        <Fact name={fact.drainReason}>{worker.drainReason && <ForeignText text={worker.drainReason} />}</Fact>
        <Fact name={fact.slots}>
          <SlotTrack filled={running} slots={concurrency} label={boardWords.slots(running, concurrency)} />
        </Fact>
        <Fact name={fact.limit} why={workerWords.limitWhy}>
          {limits && workerWords.limitOf(slotLimit, concurrency)}
        </Fact>
        <Fact name={fact.limitBecause}>{limits && limitBecause && <ForeignText text={limitBecause} />}</Fact>
        <Fact name={fact.pool}>{worker.pool}</Fact>
        <Fact name={fact.transport}>{worker.transport}</Fact>
        <Fact name={fact.version}>{worker.version && <ForeignText text={worker.version} />}</Fact>
        <Fact name={fact.heartbeat}>
          <RelativeTime atMs={worker.heartbeatAtMs} />
        </Fact>
        <Fact name={fact.every}>{formatDuration(worker.heartbeatMs)}</Fact>
        <Fact name={fact.lag} why={workerWords.lagWhy}>
          {loopLagMs !== null && formatDuration(loopLagMs)}
        </Fact>
        <Fact name={fact.clock}>{clockOffsetMs !== null && workerWords.clockOffset(clockOffsetMs)}</Fact>
        <Fact name={fact.started}>
          <RelativeTime atMs={worker.startedAtMs} />
        </Fact>
        <Fact name={fact.ended}>{endedAtMs !== null && <RelativeTime atMs={endedAtMs} />}</Fact>
        <Fact name={fact.takenBack}>{worker.takenBack > 0 && worker.takenBack}</Fact>
        <Fact name={fact.serves}>{worker.definitions.length > 0 && worker.definitions.join(", ")}</Fact>
      </dl>
    </Panel>
  );
}
