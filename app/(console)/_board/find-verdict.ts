import { type DrainForecast, forecastDrain } from "#core/flow/forecast-drain.ts";
import type { BoardQueue, BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "./find-signal.ts";
import { findTrouble, type Trouble, troubleKinds } from "./find-trouble.ts";

/** The state of the whole in one line. */
export interface Verdict {
  tone: "calm" | "caution" | "stop";
  troubles: Trouble[];
  waiting: number;
  forecast: DrainForecast;
  /** How old the count of depths is, when it is too old to go by, ms; null when it is not. */
  depthsLateMs: number | null;
}

/** Depths are counted about once a second; older than this says that nobody counts, ms. */
const lateDepthsMs = 15_000;
const stopping = new Set(["no-workers", "paused", "still"]);

/** The verdict on a snapshot: its troubles, worst first, or the all clear with where the backlog is heading. */
export function findVerdict(board: BoardSnapshot): Verdict {
  const troubles = board.queues
    .map(findTrouble)
    .filter((trouble) => trouble !== null)
    .sort((a, b) => troubleKinds.indexOf(a.kind) - troubleKinds.indexOf(b.kind) || b.waiting - a.waiting);
  const sum = (of: (queue: BoardQueue) => number) =>
    board.queues.reduce((total, queue) => total + of(queue), 0);
  const waiting = sum(waitingJobs);
  const lateMs = board.depthAtMs === null ? 0 : board.asOfMs - board.depthAtMs;
  const depthsLateMs = lateMs > lateDepthsMs ? lateMs : null;
  const stop = troubles.some((trouble) => stopping.has(trouble.kind));
  return {
    tone: stop ? "stop" : troubles.length > 0 || depthsLateMs !== null ? "caution" : "calm",
    troubles,
    waiting,
    forecast: forecastDrain({
      waiting,
      inflow: sum((queue) => queue.trend.inflow),
      starts: sum((queue) => queue.trend.starts),
      windowMs: board.queues[0]?.trend.windowMs ?? 1,
    }),
    depthsLateMs,
  };
}
