import { isQuiet } from "#core/attention/find-incidents.ts";
import { type DrainForecast, forecastDrain } from "#core/flow/forecast-drain.ts";
import type { BoardQueue, BoardSnapshot } from "#server/api/board/board-snapshot.ts";
import { waitingJobs } from "./find-signal.ts";
import { findTrouble, type Trouble, troubleKinds } from "./find-trouble.ts";

/** The state of the whole in one line. */
export interface Verdict {
  tone: "calm" | "caution" | "stop";
  troubles: Trouble[];
  /** Attempts that are stuck, the worst first. */
  stuck: NonNullable<BoardSnapshot["attention"]>["stuck"];
  /** What fails although no queue is in trouble for it: the list below has it. */
  otherIncidents: number;
  /** True when something fails, and it is not for want of workers: some are up, none drains, no attempt was lost. */
  workersUp: boolean;
  waiting: number;
  forecast: DrainForecast;
  /** How old the count of depths is, when it is too old to go by, ms; null when it is not. */
  depthsLateMs: number | null;
}

/** Depths are counted about once a second; older than this says that nobody counts, ms. */
const lateDepthsMs = 15_000;
const stopping = new Set(["no-workers", "paused", "breaker-open", "still"]);

/** The verdict on a snapshot: its troubles, worst first, or the all clear with where the backlog is heading. */
export function findVerdict(board: BoardSnapshot): Verdict {
  const { attention, fleet } = board;
  const troubles = board.queues
    .map((queue) => findTrouble(queue, attention))
    .filter((trouble) => trouble !== null)
    .sort((a, b) => troubleKinds.indexOf(a.kind) - troubleKinds.indexOf(b.kind) || b.waiting - a.waiting);
  const sum = (of: (queue: BoardQueue) => number) =>
    board.queues.reduce((total, queue) => total + of(queue), 0);
  const waiting = sum(waitingJobs);
  const lateMs = board.depthAtMs === null ? 0 : board.asOfMs - board.depthAtMs;
  const depthsLateMs = lateMs > lateDepthsMs ? lateMs : null;
  const stuck = attention?.stuck ?? [];
  const told = new Set(troubles.map(({ incident }) => incident));
  const lost = sum(({ trend }) => trend.failuresByClass["worker-lost"] ?? 0);
  const stop = troubles.some((trouble) => stopping.has(trouble.kind));
  return {
    tone: stop ? "stop" : troubles.length + stuck.length > 0 || depthsLateMs !== null ? "caution" : "calm",
    troubles,
    stuck,
    otherIncidents:
      attention?.incidents.filter((each) => !told.has(each) && !isQuiet(each, attention.atMs)).length ?? 0,
    workersUp:
      troubles.some(({ kind }) => kind === "failing") &&
      troubles.every(({ kind }) => kind !== "no-workers") &&
      fleet.workers > 0 &&
      fleet.draining === 0 &&
      lost === 0,
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
