"use client";

import { queueWords } from "#app/words/queue-words.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { findLimit } from "#core/flow/find-limit.ts";
import { forecastDrain } from "#core/flow/forecast-drain.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { heldWorkMs } from "../../../_board/find-trouble.ts";
import { flowFacts } from "../../_list/flow-facts.ts";
import { leftToDrain } from "./drain-button.tsx";

/** What bounds a queue now, where its backlog is heading, and what it does by itself. */
export function QueueState({ queue }: { queue: BoardQueue }) {
  const facts = flowFacts(queue);
  const { trend } = queue;
  const forecast = forecastDrain({
    waiting: facts.waiting,
    inflow: trend.inflow,
    starts: trend.starts,
    windowMs: trend.windowMs,
  });
  return (
    <div className="flex flex-col gap-0.5 pt-1 text-sm text-ink-2">
      {queue.drainingSinceMs === null ? null : (
        <p role="status">
          {queueWords.draining(leftToDrain(queue))} {queue.paused ? queueWords.drainingPaused : null}
        </p>
      )}
      {queue.pausedUntilMs === null ? null : (
        <p>
          {queueWords.pausedUntil} <RelativeTime atMs={queue.pausedUntilMs} />
        </p>
      )}
      <p>
        <span className="text-ink-3">{queueWords.limited}:</span> {queueWords.limitedBy(findLimit(facts))}
        <span className="text-ink-3"> · {queueWords.boundsForecast}:</span>{" "}
        {queue.paused && facts.waiting > 0
          ? queueWords.heldWork(heldWorkMs(queue))
          : queueWords.forecast(forecast)}
      </p>
    </div>
  );
}
