"use client";

import { queueWords } from "#app/words/queue-words.ts";
import { RelativeTime } from "#components/domain/relative-time.tsx";
import { forecastDrain } from "#core/flow/forecast-drain.ts";
import type { BoardQueue } from "#server/api/board/board-snapshot.ts";
import { type QueueReasons, waitingJobs } from "../../../_board/find-signal.ts";
import { heldWorkMs } from "../../../_board/find-trouble.ts";
import { findBound } from "../../_list/find-bound.ts";
import { leftToDrain } from "./drain-button.tsx";

/** What bounds a queue now, where its backlog is heading, and what it does by itself. */
export function QueueState({ queue, reasons }: { queue: BoardQueue; reasons: QueueReasons }) {
  const waiting = waitingJobs(queue);
  const { trend } = queue;
  const forecast = forecastDrain({
    waiting,
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
        <span className="text-ink-3">{queueWords.limited}:</span>{" "}
        {queueWords.limitedBy(findBound(queue, reasons))}
        <span className="text-ink-3"> · {queueWords.boundsForecast}:</span>{" "}
        {queue.paused && waiting > 0 ? queueWords.heldWork(heldWorkMs(queue)) : queueWords.forecast(forecast)}
      </p>
    </div>
  );
}
